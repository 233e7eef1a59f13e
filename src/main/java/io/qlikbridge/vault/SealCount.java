package io.qlikbridge.vault;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Counts how often the newest key seals, over all replicas, a few seconds' seals at a time. Nonces are random, so a key must not
 * seal more than 2^32 times (NIST SP 800-38D, section 8.3): half of that is warned of. What a replica that dies has not written is
 * not counted.
 */
@Component
public class SealCount implements SmartLifecycle {

    /** Half of what a key may seal. */
    static final long MANY = 1L << 31;

    private static final Logger log = LoggerFactory.getLogger(SealCount.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration GIVE_UP = Duration.ofSeconds(5);

    private final Vault vault;
    private final VaultCanaryStore store;
    private final String newest;
    private final Semaphore stopping = new Semaphore(0);
    private volatile @Nullable Thread counter;
    private boolean told;

    SealCount(Vault vault, VaultCanaryStore store, KeyRing keys) {
        this.vault = vault;
        this.store = store;
        this.newest = keys.newest().id();
    }

    /** What to do about a key that has sealed so often; {@code null} for nothing. */
    public static @Nullable String warning(String key, long seals) {
        return seals < MANY
                ? null
                : "The vault key " + key + " has sealed " + seals
                        + " times, and must not seal more than 2^32 times: put a new" + " vault key in front of it.";
    }

    /** Writes down what was counted up to now, and hears which keys are done with the old form of seals. */
    void write() {
        long more = vault.takeSeals();
        try {
            long all = store.sealed(newest, more);
            vault.opensOldFormOf(store.ofOldForm());
            String warning = warning(newest, all);
            if (warning != null && !told) {
                told = true;
                log.warn(warning);
            }
        } catch (RuntimeException | Error away) {
            vault.giveBack(more);
            log.debug("What was sealed cannot be counted now", away);
        }
    }

    @Override
    public void start() {
        counter = Thread.ofPlatform().daemon().name("vault-seals").start(this::run);
    }

    private void run() {
        boolean on = true;
        while (on) {
            write();
            try {
                on = !stopping.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException impatient) {
                on = false;
            }
        }
        write();
    }

    @Override
    public void stop() {
        Thread running = counter;
        counter = null;
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
        return counter != null;
    }

    /** After whoever seals has stopped. */
    @Override
    public int getPhase() {
        return 0;
    }
}
