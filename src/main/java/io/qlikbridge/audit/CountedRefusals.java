package io.qlikbridge.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Counts refusals that get no row of their own, and has the counts written down every few seconds, and all of them at the end.
 *
 * @param <K> what makes refusals equal
 */
abstract class CountedRefusals<K> implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(CountedRefusals.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);

    private final RefusalCounts<K> counts = new RefusalCounts<>();
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** @param name of the thread that tells */
    CountedRefusals(String name, Clock clock) {
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(name).factory());
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(
                () -> tell(false), TOLD_EVERY.toSeconds(), TOLD_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        tell(true);
    }

    /** Whether this one has to have a row; it is counted otherwise. */
    final boolean isFirst(String actor, K kind) {
        return counts.isFirst(actor, kind, clock.instant());
    }

    /** @param all whether also what is still being counted */
    final void tell(boolean all) {
        for (RefusalCounts.Counted<K> counted : counts.take(clock.instant(), all)) {
            try {
                write(counted);
            } catch (RuntimeException untold) {
                log.error("{} refusals that were counted could not be written into the audit", counted.count(), untold);
            }
        }
    }

    /** Writes a row; it may fail. */
    abstract void write(RefusalCounts.Counted<K> counted);
}
