package io.qlikbridge.upkeep;

import io.qlikbridge.background.BackgroundWork;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.background.FairQueue;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.revocation.RevocationStore;
import io.qlikbridge.upstream.RateLimits;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Brings leases to their end in the background: those that have expired, superseded ones that nobody counts on any more,
 * and those whose tenant could not be told before.
 */
@Component
class LeaseReaper {

    private static final int PAGE = 500;

    private final EndOfLifeStore store;
    private final RevocationStore revocations;
    private final Revocation revocation;
    private final FairQueue turns;
    private final BackgroundWorkers workers;
    private final LeaseProperties properties;
    private final Clock clock;

    LeaseReaper(
            EndOfLifeStore store,
            RevocationStore revocations,
            Revocation revocation,
            Connections connections,
            RateLimits pauses,
            BackgroundWorkers workers,
            LeaseProperties properties,
            Clock clock) {
        this.store = store;
        this.revocations = revocations;
        this.revocation = revocation;
        this.turns = new FairQueue(connections, pauses, properties.renewalsPerMinute(), clock);
        this.workers = workers;
        this.properties = properties;
        this.clock = clock;
    }

    /** One round. */
    void run() {
        Instant now = clock.instant();
        store.expire(now, PAGE);
        store.forget(now.minus(properties.historyKept()), PAGE);
        // for as long as a token is good that was handed out just before
        store.retire(now, properties.renewalMargin(), PAGE);
        workers.inBackground(
                BackgroundWork.REVOCATION,
                turns.of(revocations.connectionsDue(now), (connection, most) -> revocations.due(connection, now, most)),
                revocation::end);
    }
}
