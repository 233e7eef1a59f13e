package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a job gets that asks for a token of a user, on one connection. */
public sealed interface TokenOffer {

    /** The credential that is issued to the user, the same for as long as it lasts. */
    record Issued() implements TokenOffer {}

    /** A token of its own for each request. */
    record Signed(Signer signer) implements TokenOffer {}

    /**
     * Nothing: {@code token-not-offered}.
     *
     * @param why says, as sentences, why there is none and how reads are made instead
     */
    record None(String why) implements TokenOffer {}

    /** Makes tokens that a deployment accepts without having issued them. Nothing of them is kept. */
    interface Signer {

        /**
         * A new token that acts as the subject.
         *
         * @param validity how long it has to last from now on; {@code null} for as long as tokens of the connection do
         * @throws io.qlikbridge.problem.BridgeException {@code validity-not-possible}, when that is more than they last
         */
        SignedToken sign(Connection connection, Subject subject, @Nullable Duration validity);
    }

    /**
     * A token that was made for one request.
     *
     * @param token the secret itself
     * @param host where it is accepted, with the path that calls begin with
     */
    record SignedToken(String token, Instant expiresAt, URI host) {

        @Override
        public String toString() {
            return "SignedToken[expiresAt=" + expiresAt + ", host=" + host + "]";
        }
    }
}
