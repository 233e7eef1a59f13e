package io.qlikbridge.leasecensus;

import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.LeaseState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts the living leases. However often it is asked, counting is what the database does for a twentieth of its time at most: what was
 * found is told again meanwhile.
 */
@Component
public class LeaseCensus {

    /** The states that are not an end. */
    public static final List<LeaseState> STATES =
            List.of(LeaseState.ISSUING, LeaseState.ACTIVE, LeaseState.SUPERSEDED, LeaseState.REVOKING);

    private static final Logger log = LoggerFactory.getLogger(LeaseCensus.class);
    private static final Duration OVERDUE_AFTER = Duration.ofMinutes(10);
    private static final Duration USED_AT_LEAST = Duration.ofSeconds(1);
    private static final int TIMES_ITS_DURATION = 20;

    private final LivingLeaseStore store;
    private final LeaseProperties properties;
    private final Clock clock;
    private @Nullable CountedLeases last;
    private long goodUntil = System.nanoTime();

    LeaseCensus(LivingLeaseStore store, LeaseProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** Counted just now, or shortly before; longer ago where the database does not manage to count them. */
    public synchronized CountedLeases recent() {
        CountedLeases known = last;
        if (known != null && System.nanoTime() - goodUntil < 0) {
            return known;
        }
        try {
            return count();
        } catch (DataAccessException | TransactionException away) {
            if (known == null) {
                throw away;
            }
            log.debug("The leases could not be counted", away);
            return known;
        }
    }

    /** How often no lease could be issued since then, by connection; of the latest ten thousand attempts at most. */
    public List<FailedIssues> failures(Instant since) {
        return store.failures(since);
    }

    synchronized CountedLeases count() {
        Instant now = clock.instant();
        long begun = System.nanoTime();
        CountedLeases counted =
                new CountedLeases(now, store.count(now.minus(OVERDUE_AFTER), now.minus(properties.idlePeriod())));
        long ended = System.nanoTime();
        last = counted;
        goodUntil = ended + Math.max(USED_AT_LEAST.toNanos(), (ended - begun) * TIMES_ITS_DURATION);
        return counted;
    }
}
