package io.qlikbridge.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * When leases were last used, gathered and written down together every few seconds. What a replica that dies has not
 * written is lost: the lease then counts as unused for a minute longer.
 */
@Component
public class LeaseUses implements SmartLifecycle {

    /** A use is noted this exactly; not every one has to be written down. */
    public static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(LeaseUses.class);
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(2);
    private static final int AT_ONCE = 1_000;
    private static final Duration GIVE_UP = Duration.ofSeconds(15);

    private final LeaseStore store;
    private final ConcurrentHashMap<UUID, Instant> gathered = new ConcurrentHashMap<>();
    private final Semaphore stopping = new Semaphore(0);
    private volatile @Nullable Thread writer;
    private volatile boolean late;

    LeaseUses(LeaseStore store) {
        this.store = store;
    }

    public void note(UUID lease, Instant at) {
        gathered.merge(lease, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Writes down what was gathered up to now. What cannot be written stays for the next time. */
    void write() {
        while (!gathered.isEmpty()) {
            Map<UUID, Instant> some = some();
            try {
                store.used(some);
            } catch (RuntimeException | Error away) {
                some.forEach(this::note);
                if (!late) {
                    log.warn("When leases were used cannot be written down now, and is tried again", away);
                }
                late = true;
                return;
            }
            late = false;
        }
    }

    private Map<UUID, Instant> some() {
        Map<UUID, Instant> some = new HashMap<>();
        Iterator<UUID> leases = gathered.keySet().iterator();
        while (leases.hasNext() && some.size() < AT_ONCE) {
            UUID lease = leases.next();
            Instant at = gathered.remove(lease);
            if (at != null) {
                some.put(lease, at);
            }
        }
        return some;
    }

    @Override
    public void start() {
        writer = Thread.ofPlatform().daemon().name("lease-uses").start(this::run);
    }

    private void run() {
        boolean on = true;
        while (on) {
            try {
                on = !stopping.tryAcquire(WRITTEN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException impatient) {
                on = false;
            }
            write();
        }
    }

    @Override
    public void stop() {
        Thread running = writer;
        writer = null;
        stopping.release();
        if (running != null) {
            try {
                running.join(GIVE_UP);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    /** Before the web server starts, and after it has answered the last request. */
    @Override
    public int getPhase() {
        return 0;
    }
}
