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
 * @param promisedUntil how long it was asked to last; {@code null} where nothing was asked
 * @param expiresAt how long it does last
 */
public record TokenHandedOut(
        @Nullable UUID lease,
        ConnectionId connection,
        Username user,
        String subject,
        @Nullable Instant promisedUntil,
        Instant expiresAt) {}
