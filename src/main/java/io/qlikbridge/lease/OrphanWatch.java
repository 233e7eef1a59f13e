package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.tenant.TenantPauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks for keys at the tenants that no lease knows, in the background: for those that an operation without a clear end may
 * have made, or may make late, and now and then for everybody who has a lease.
 */
@Component
class OrphanWatch {

    private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);
    private static final int PAGE = 100;

    private final OrphanStore store;
    private final Orphans orphans;
    private final Owners owners;
    private final TenantPauses pauses;
    private final Rounds rounds;
    private final LeaseProperties properties;
    private final Clock clock;
    private final Pace lookPace;
    private final Pace sweepPace;

    OrphanWatch(
            OrphanStore store,
            Orphans orphans,
            Owners owners,
            TenantPauses pauses,
            Rounds rounds,
            LeaseProperties properties,
            Clock clock) {
        this.store = store;
        this.orphans = orphans;
        this.owners = owners;
        this.pauses = pauses;
        this.rounds = rounds;
        this.properties = properties;
        this.clock = clock;
        this.lookPace = new Pace(properties.renewalsPerMinute(), clock);
        this.sweepPace = new Pace(properties.renewalsPerMinute(), clock);
    }

    /** One round over the watch list, with the claims first whose owner has died. */
    void look() {
        Instant now = clock.instant();
        int abandoned = store.abandon(now, properties.orphanWatch());
        if (abandoned > 0) {
            log.warn("{} claims to issue were abandoned; their keys are looked for at the tenant", abandoned);
        }
        round(store.due(now, PAGE), this::look, lookPace);
    }

    /** Looks now for all that is watched on a connection; throws what keeps it from looking. */
    void look(ConnectionId connection) {
        store.watched(connection.value()).forEach(this::look);
    }

    /** One round over the users with a lease whose turn it is. */
    void sweep() {
        Instant now = clock.instant();
        round(store.notSweptSince(now.minus(properties.effectiveInstallationSweep()), PAGE), this::sweep, sweepPace);
    }

    private void round(List<Owner> due, Consumer<Owner> work, Pace pace) {
        Map<ConnectionId, List<Owner>> paced = new HashMap<>();
        for (Owner owner : due) {
            if (pace.left(owner.connection()) > 0 && isOpen(owner)) {
                pace.take(owner.connection(), 1);
                paced.computeIfAbsent(owner.connection(), id -> new ArrayList<>())
                        .add(owner);
            }
        }
        rounds.inBackground(paced, work);
    }

    private boolean isOpen(Owner owner) {
        return pauses.left(owner.host()).compareTo(Duration.ZERO) <= 0;
    }

    private void look(Owner owner) {
        try {
            clear(owner);
        } catch (RuntimeException notNow) {
            log.warn(
                    "Keys of {} on connection {} could not be looked for yet: {}",
                    owner.subject(),
                    owner.connection(),
                    notNow instanceof BridgeException told ? told.detail() : "internal");
            store.notLooked(owner, clock.instant().plus(properties.orphanSweep()));
            throw notNow;
        }
    }

    private void sweep(Owner owner) {
        try {
            clear(owner);
        } finally {
            store.swept(owner, clock.instant());
        }
    }

    private void clear(Owner owner) {
        Connection connection = owners.connection(owner).orElse(null);
        if (connection != null) {
            orphans.clear(connection, owners.subject(connection, owner), () -> {});
        }
    }
}
