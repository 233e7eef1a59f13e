package io.qlikbridge.leaseadmin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an admin sees of a lease; never its token.
 *
 * @param user whose it is, by the present username; of a user who is gone, the one it was issued for
 * @param host the tenant it was issued by; not in the answer of the REST API
 * @param qlikKeyId the tenant's own id of it, or the bridge's where that of the tenant is a secret
 * @param renewAt when it is due for renewal if it is in use
 * @param detail what kept it from being ended at its tenant when that was last tried; {@code null} normally
 */
public record LeaseView(
        UUID id,
        ConnectionId connection,
        String user,
        String subject,
        @JsonIgnore URI host,
        @Nullable String qlikUserId,
        @Nullable String qlikKeyId,
        LeaseState state,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant renewAt,
        @Nullable Instant lastUsedAt,
        @Nullable String detail) {

    private static final Set<LeaseState> OVER = Set.of(LeaseState.REVOKED, LeaseState.EXPIRED, LeaseState.FAILED);

    /** Whether nobody can use it any more, the tenant included. */
    @JsonIgnore
    public boolean isOver() {
        return OVER.contains(state);
    }
}
