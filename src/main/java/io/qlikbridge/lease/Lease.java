package io.qlikbridge.lease;

import io.qlikbridge.tenant.Credential;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential we hold, for whom, and how long. Good only for the very subject, host, groups and e-mail address it was
 * issued for.
 *
 * @param subject the subject it was issued to
 * @param host the tenant it was issued by
 * @param asserted a hash of the groups and e-mail address it was issued with
 * @param qlikUserId the tenant's own id of the user, not the subject
 * @param promisedUntil the longest validity that was promised to anybody
 */
public record Lease(
        UUID id,
        String subject,
        URI host,
        String asserted,
        Credential credential,
        String qlikUserId,
        Instant issuedAt,
        @Nullable Instant promisedUntil,
        @Nullable Instant lastUsedAt) {

    public Instant expiresAt() {
        return credential.expiresAt();
    }

    /** Whether it is still good for {@code validity} from {@code now} on. */
    public boolean lasts(Duration validity, Instant now) {
        return !expiresAt().isBefore(now.plus(validity));
    }
}
