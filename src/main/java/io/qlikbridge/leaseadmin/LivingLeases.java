package io.qlikbridge.leaseadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many leases of a connection are in a state that is not an end.
 *
 * @param overdue those in use that should have been renewed some time ago
 * @param nearestExpiry of those in use
 */
record LivingLeases(
        ConnectionId connection,
        LeaseState state,
        long count,
        long overdue,
        @Nullable Instant nearestExpiry) {}
