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
                leave(host, stay);
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
            leave(host, stay);
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
            leave(host, stay);
            return null;
        }
        underWay.incrementAndGet();
        return () -> {
            underWay.decrementAndGet();
            permits.giveBack(false);
            leave(host, stay);
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

    private Permits enter(URI host) {
        return tenants.compute(
                host,
                (ignored, known) -> (known == null ? new Permits(properties, crowds.mostCalls()) : known).entered());
    }

    private void leave(URI host, Crowds.@Nullable Stay stay) {
        if (stay != null) {
            stay.close();
        }
        tenants.computeIfPresent(host, (ignored, known) -> known.left() ? null : known);
    }

    /** Those of one tenant, kept while anybody has or awaits one. */
    private static final class Permits {

        private final Semaphore all;
        private final Semaphore forBackground;
        private final long maxWait;

        /** Used under the lock of the map's entry alone. */
        private int callers;

        private Permits(TenantProperties properties, int most) {
            all = new Semaphore(Math.min(properties.maxConcurrency(), most), true);
            forBackground = new Semaphore(properties.maxBackgroundConcurrency());
            maxWait = properties.maxWait().toMillis();
        }

        private Permits entered() {
            callers++;
            return this;
        }

        /** Whether that was the last. */
        private boolean left() {
            callers--;
            return callers == 0;
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
