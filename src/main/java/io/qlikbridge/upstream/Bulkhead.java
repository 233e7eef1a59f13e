package io.qlikbridge.upstream;

import io.qlikbridge.tenant.Background;
import io.qlikbridge.transport.TenantProperties;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Permits for calls under way, counted for each tenant over all connections to it. Callers are served in the order they came, and
 * turned away when none is free soon; background work has a share of the permits and does not wait.
 */
@Component
class Bulkhead {

    private final TenantProperties properties;
    private final Crowds crowds;
    private final CallMeters meters;
    private final ConcurrentHashMap<URI, Permits> tenants = new ConcurrentHashMap<>();

    Bulkhead(TenantProperties properties, Crowds crowds, CallMeters meters) {
        this.properties = properties;
        this.crowds = crowds;
        this.meters = meters;
    }

    /**
     * A permit, which the caller gives back.
     *
     * @throws io.qlikbridge.tenant.TenantException {@code too-busy}
     */
    Permit take(TenantCall call) {
        URI host = call.connection().host();
        boolean background = Background.isUnderWay();
        AtomicInteger underWay = meters.underWay(call.connection());
        Crowds.Stay stay = background ? null : crowds.enter(host);
        if (stay == null && !background) {
            meters.rejected(call, CallMeters.Reason.BUSY);
            throw TransportFailures.crowded(call);
        }
        Permits permits = enter(host);
        boolean taken = false;
        try {
            taken = permits.take(background);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw TransportFailures.busy(call, stopping);
        } finally {
            if (!taken) {
                leave(host, permits, stay);
            }
        }
        if (!taken) {
            meters.rejected(call, CallMeters.Reason.BUSY);
            throw TransportFailures.busy(call, null);
        }
        underWay.incrementAndGet();
        return () -> {
            underWay.decrementAndGet();
            permits.giveBack(background);
            leave(host, permits, stay);
        };
    }

    /** The same without waiting; {@code null} where there is none at once. For callers alone. */
    @Nullable
    Permit takeNow(TenantCall call) {
        URI host = call.connection().host();
        AtomicInteger underWay = meters.underWay(call.connection());
        Crowds.Stay stay = crowds.enter(host);
        if (stay == null) {
            return null;
        }
        Permits permits = enter(host);
        if (!permits.takeNow()) {
            leave(host, permits, stay);
            return null;
        }
        underWay.incrementAndGet();
        return () -> {
            underWay.decrementAndGet();
            permits.giveBack(false);
            leave(host, permits, stay);
        };
    }

    /** One call under way. To be closed once. */
    interface Permit extends AutoCloseable {

        @Override
        void close();
    }

    /** At how many tenants a call is under way, or waits to be. */
    int tenants() {
        return tenants.size();
    }

    /** Without a lock: event loops come this way. */
    private Permits enter(URI host) {
        while (true) {
            Permits known = tenants.get(host);
            if (known == null) {
                Permits added = new Permits(properties, crowds.mostCalls());
                known = tenants.putIfAbsent(host, added);
                known = known == null ? added : known;
            }
            if (known.enter()) {
                return known;
            }
            // its last caller has just left, and may not have come to take it away
            tenants.remove(host, known);
        }
    }

    private void leave(URI host, Permits permits, Crowds.@Nullable Stay stay) {
        if (stay != null) {
            stay.close();
        }
        if (permits.leave()) {
            tenants.remove(host, permits);
        }
    }

    /** Those of one tenant, kept while anybody has or awaits one. */
    private static final class Permits {

        private static final int CLOSED = -1;

        private final Semaphore all;
        private final Semaphore forBackground;
        private final long maxWait;

        /** Of those who have one, or await one; {@link #CLOSED} once the last of them has left. */
        private final AtomicInteger callers = new AtomicInteger();

        private Permits(TenantProperties properties, int most) {
            all = new Semaphore(Math.min(properties.maxConcurrency(), most), true);
            forBackground = new Semaphore(properties.maxBackgroundConcurrency());
            maxWait = properties.maxWait().toMillis();
        }

        /** Whether it may be used; one whose last caller has left is not used again. */
        private boolean enter() {
            return callers.updateAndGet(now -> now == CLOSED ? now : now + 1) != CLOSED;
        }

        /** Whether that was the last. */
        private boolean leave() {
            return callers.updateAndGet(now -> now == 1 ? CLOSED : now - 1) == CLOSED;
        }

        private boolean take(boolean background) throws InterruptedException {
            if (!background) {
                return all.tryAcquire(maxWait, TimeUnit.MILLISECONDS);
            }
            if (!forBackground.tryAcquire()) {
                return false;
            }
            boolean taken = false;
            try {
                // unlike without a time, it does not overtake those who wait
                taken = all.tryAcquire(0, TimeUnit.MILLISECONDS);
                return taken;
            } finally {
                if (!taken) {
                    forBackground.release();
                }
            }
        }

        /** Behind those who wait: a semaphore's own way of not waiting would pass them by. */
        private boolean takeNow() {
            return !all.hasQueuedThreads() && all.tryAcquire();
        }

        private void giveBack(boolean background) {
            all.release();
            if (background) {
                forBackground.release();
            }
        }
    }
}
