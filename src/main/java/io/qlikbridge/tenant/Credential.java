package io.qlikbridge.tenant;

import java.time.Instant;

/**
 * What a tenant accepts in place of a user, and until when.
 *
 * @param id the tenant's own id of it, to revoke it by
 * @param token the secret itself
 */
public record Credential(String id, String token, Instant expiresAt) {

    /** In place of a token that cannot be read any more: the credential can still be ended, by its id. */
    public static final String LOST = "";

    @Override
    public String toString() {
        return "Credential[id=" + id + ", expiresAt=" + expiresAt + "]";
    }
}
