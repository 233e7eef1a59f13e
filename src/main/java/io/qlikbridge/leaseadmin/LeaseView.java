package io.qlikbridge.leaseadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an admin sees of a lease; never its token.
 *
 * @param user whose it is, by the present username; of a user who is gone, the one it was issued for
 * @param renewAt when it is due for renewal if it is in use
 * @param detail what kept it from being ended at its tenant when that was last tried; {@code null} normally
 */
record LeaseView(
        UUID id,
        ConnectionId connection,
        String user,
        String subject,
        @Nullable String qlikUserId,
        @Nullable String qlikKeyId,
        LeaseState state,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant renewAt,
        @Nullable Instant lastUsedAt,
        @Nullable String detail) {}
