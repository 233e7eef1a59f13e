package io.qlikbridge.token;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Lease;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * A token, and where and for whom it is good.
 *
 * @param token the secret itself
 * @param tokenType always {@code Bearer} (RFC 6750)
 */
record TokenAnswer(
        UUID leaseId, String token, String tokenType, Instant expiresAt, URI host, String subject, String qlikUserId) {

    static TokenAnswer of(Connection connection, Lease lease) {
        return new TokenAnswer(
                lease.id(),
                lease.credential().token(),
                "Bearer",
                lease.expiresAt(),
                connection.host(),
                lease.subject(),
                lease.qlikUserId());
    }

    @Override
    public String toString() {
        return "TokenAnswer[leaseId=" + leaseId + ", expiresAt=" + expiresAt + "]";
    }
}
