package io.qlikbridge.leasecensus;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many leases of a connection are in a state that is not an end.
 *
 * @param overdue those in use whose renewal is more than ten minutes late
 * @param hindered those to be ended that their tenant was told of in vain
 * @param nearestExpiry of those in use
 */
public record LivingLeases(
        ConnectionId connection,
        LeaseState state,
        long count,
        long overdue,
        long hindered,
        @Nullable Instant nearestExpiry) {}
