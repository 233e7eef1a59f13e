package io.qlikbridge.simulator;

import java.time.Instant;
import java.util.List;

/**
 * An OAuth access token that the tenant has given out.
 *
 * @param id what {@code /api/v1/oauth-tokens} calls it
 * @param subject whom it is for
 */
public record AccessToken(
        String id,
        String token,
        String clientId,
        String userId,
        String subject,
        List<String> scopes,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked) {

    boolean isActive(Instant now) {
        return !revoked && now.isBefore(expiresAt);
    }

    AccessToken ended() {
        return new AccessToken(id, token, clientId, userId, subject, scopes, issuedAt, expiresAt, true);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AccessToken[id=" + id + ", subject=" + subject + ", expiresAt=" + expiresAt + ", revoked=" + revoked
                + "]";
    }
}
