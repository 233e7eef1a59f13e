package io.qlikbridge.token;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TokenOffer;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token, and where and for whom it is good.
 *
 * @param leaseId {@code null} for a token that the tenant did not issue
 * @param token the secret itself
 * @param tokenType always {@code Bearer} (RFC 6750)
 * @param host where it is accepted, with the path that calls begin with
 * @param qlikUserId {@code null} where the tenant did not tell it
 */
public record TokenAnswer(
        @Nullable UUID leaseId,
        String token,
        String tokenType,
        Instant expiresAt,
        URI host,
        String subject,
        @Nullable String qlikUserId) {

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

    /** Of a token that was made for this one request. */
    static TokenAnswer of(Subject subject, TokenOffer.SignedToken token) {
        return new TokenAnswer(null, token.token(), "Bearer", token.expiresAt(), token.host(), subject.value(), null);
    }

    @Override
    public String toString() {
        return "TokenAnswer[leaseId=" + leaseId + ", expiresAt=" + expiresAt + "]";
    }
}
