package io.qlikbridge.wire;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for requests that are served at the same time. Who signed in has others than who did not, and than probes: none of them can
 * take those of the others. A request waits for a place holding nothing but its connection, in the order of coming.
 */
public class RequestPermits {

    /** Whose places they are. */
    public enum Share {
        /** Readiness, which asks the database. */
        PROBES(Duration.ofSeconds(5), Duration.ofSeconds(1)),
        /** Whoever shows no access token: who wants one, reads the API's description, or is refused. */
        STRANGERS(Duration.ofSeconds(5), Duration.ofSeconds(1)),
        /** Who showed an access token that is good, or is a client that exchanges one. */
        SIGNED_IN(Duration.ofSeconds(20), Duration.ofSeconds(5));

        private final Duration longestWait;
        private final Duration patience;

        Share(Duration longestWait, Duration patience) {
            this.longestWait = longestWait;
            this.patience = patience;
        }

        /** How long a caller who has a place may let it wait, while others wait for one. */
        public Duration patience() {
            return patience;
        }
    }

    private record Pool(Semaphore places, int mostWaiting) {}

    private final Map<Share, Pool> pools = new EnumMap<>(Share.class);

    public RequestPermits(Capacity capacity) {
        for (Share share : Share.values()) {
            pools.put(share, new Pool(new Semaphore(capacity.places(share), true), capacity.waiting(share)));
        }
    }

    /**
     * Waits for a place, some seconds at most.
     *
     * @return whether there is one, which then has to be given back
     */
    public boolean enter(Share share) {
        Pool pool = pool(share);
        if (!await(pool, share)) {
            return false;
        }
        Wire wire = Wire.current();
        if (wire != null) {
            wire.place(share);
        }
        return true;
    }

    /** The same without waiting, behind those who wait. */
    public boolean enterNow(Share share) {
        Semaphore places = pool(share).places();
        return !places.hasQueuedThreads() && places.tryAcquire();
    }

    private static boolean await(Pool pool, Share share) {
        try {
            // without a time at all it would pass by those who wait
            return pool.places().tryAcquire(0, TimeUnit.NANOSECONDS)
                    || pool.places().getQueueLength() < pool.mostWaiting()
                            && pool.places().tryAcquire(share.longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void leave(Share share) {
        Wire wire = Wire.current();
        if (wire != null) {
            wire.place(null);
        }
        pool(share).places().release();
    }

    /** How many requests wait for a place. */
    public int waiting(Share share) {
        return pool(share).places().getQueueLength();
    }

    private Pool pool(Share share) {
        Pool pool = pools.get(share);
        if (pool == null) {
            throw new IllegalStateException("No places for " + share);
        }
        return pool;
    }
}
