package io.qlikbridge.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refusals that get no row of their own, and has the counts written down every few seconds, and all of them at the end.
 *
 * @param <K> what makes refusals equal
 */
final class CountedRefusals<K> {

    private static final Logger log = LoggerFactory.getLogger(CountedRefusals.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);

    private final RefusalCounts<K> counts = new RefusalCounts<>();
    private final Clock clock;
    private final Consumer<RefusalCounts.Counted<K>> row;
    private final ScheduledExecutorService timer;

    /**
     * @param name of the thread that tells
     * @param row writes one down; it may fail
     */
    CountedRefusals(String name, Clock clock, Consumer<RefusalCounts.Counted<K>> row) {
        this.clock = clock;
        this.row = row;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(name).factory());
    }

    void start() {
        timer.scheduleWithFixedDelay(
                () -> tell(false), TOLD_EVERY.toSeconds(), TOLD_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
        tell(true);
    }

    /** Whether this one has to have a row; it is counted otherwise. */
    boolean isFirst(String actor, K kind) {
        return counts.isFirst(actor, kind, clock.instant());
    }

    /** @param all whether also what is still being counted */
    void tell(boolean all) {
        for (RefusalCounts.Counted<K> counted : counts.take(clock.instant(), all)) {
            try {
                row.accept(counted);
            } catch (RuntimeException untold) {
                log.error("{} refusals that were counted could not be written into the audit", counted.count(), untold);
            }
        }
    }
}
