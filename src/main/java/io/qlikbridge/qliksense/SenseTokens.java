package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TokenOffer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs the tokens that jobs show to a virtual proxy themselves. */
@Component
class SenseTokens implements TokenOffer.Signer {

    private final SigningKeys keys;
    private final SenseAssertions assertions;
    private final Clock clock;

    SenseTokens(SigningKeys keys, SenseAssertions assertions, Clock clock) {
        this.keys = keys;
        this.assertions = assertions;
        this.clock = clock;
    }

    @Override
    public TokenOffer.SignedToken sign(Connection connection, Subject subject, @Nullable Duration validity) {
        JwtSettings settings = (JwtSettings) connection.settings();
        Duration lifetime = settings.tokenExpiry().duration();
        if (validity != null && validity.compareTo(lifetime) > 0) {
            throw new BridgeException(
                    ProblemCode.VALIDITY_NOT_POSSIBLE,
                    "A token that lasts " + validity + " was asked for, but tokens of connection " + connection.id()
                            + " last " + settings.tokenExpiry()
                            + ". Ask for less, or PUT the connection again with a longer tokenExpiry.");
        }
        // a token's times are whole seconds: one that was asked for begins to count with the next
        Instant expiresAt = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        String token = keys.sign(connection, assertions.about(subject, settings, lifetime))
                .value();
        return new TokenOffer.SignedToken(token, expiresAt, URI.create(connection.host() + settings.path()));
    }
}
