package io.qlikbridge.leasecensus;

import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import java.util.Map;

/**
 * How many living leases there were, over all connections.
 *
 * @param at when that was
 */
public record PastLeases(Instant at, Map<LeaseState, Long> states) {

    public PastLeases {
        states = Map.copyOf(states);
    }

    public long of(LeaseState state) {
        return states.getOrDefault(state, 0L);
    }
}
