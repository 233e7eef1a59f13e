package io.qlikbridge.simulator;

import java.time.Instant;

/** An API key with its token, as the tenant keeps it. Keys made later have a higher number. */
record IssuedKey(
        String id,
        long number,
        String token,
        String description,
        String userId,
        String createdBy,
        Instant created,
        Instant updated,
        Instant expiry,
        boolean revoked) {

    String status(Instant now) {
        if (revoked) {
            return "revoked";
        }
        return now.isBefore(expiry) ? "active" : "expired";
    }

    boolean isActive(Instant now) {
        return status(now).equals("active");
    }

    IssuedKey describedAs(String text, Instant now) {
        return new IssuedKey(id, number, token, text, userId, createdBy, created, now, expiry, revoked);
    }

    IssuedKey revokedAt(Instant now) {
        return new IssuedKey(id, number, token, description, userId, createdBy, created, now, expiry, true);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "IssuedKey[id=" + id + ", userId=" + userId + ", expiry=" + expiry + ", revoked=" + revoked + "]";
    }
}
