package io.qlikbridge.leasecensus;

import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a count of the living leases found.
 *
 * @param leases of each connection and state that has some
 */
public record CountedLeases(Instant at, List<LivingLeases> leases) {

    public CountedLeases {
        leases = List.copyOf(leases);
    }

    /** How many are in each state that is not an end, over all connections. */
    public Map<LeaseState, Long> byState() {
        Map<LeaseState, Long> states = new EnumMap<>(LeaseState.class);
        LeaseCensus.STATES.forEach(state -> states.put(state, 0L));
        leases.forEach(one -> states.merge(one.state(), one.count(), Long::sum));
        return states;
    }
}
