package io.qlikbridge.token;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A caller is given a token. Published before the answer is, once for each answer.
 *
 * @param lease {@code null} for a token that was made for this one request
 * @param promisedUntil until when no renewal ends it; {@code null} where nothing was promised
 * @param expiresAt how long it does last
 * @param grant the grant that it was given for; {@code null} where it was not asked for at the token endpoint
 */
public record TokenHandedOut(
        @Nullable UUID lease,
        ConnectionId connection,
        Username user,
        String subject,
        @Nullable Instant promisedUntil,
        Instant expiresAt,
        @Nullable Grant grant) {

    /**
     * How a caller came to it.
     *
     * @param type the {@code grant_type} of the token endpoint
     * @param issuer whose token for the person was shown; {@code null} where the user was only named
     */
    public record Grant(String type, @Nullable String issuer) {}
}
