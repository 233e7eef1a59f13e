package io.qlikbridge.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Counts the requests that each tenant holds up, and leaves room for all others: three quarters of the requests that are
 * served at once may be held up by tenants. Of what is free of these a tenant gets half, the next one half of what is left,
 * and so on. A tenant that answers may hold more, since those who wait for it are served soon.
 */
@Component
public class Crowds {

    private static final long HEAP_OF_A_REQUEST = 1024 * 1024;
    private static final int LEAST_REQUESTS = 64;

    /** Whatever the others hold. */
    private static final int LEAST_SHARE = 4;

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final int most;
    private final Clock clock;
    private final AtomicInteger all = new AtomicInteger();
    private final Cache<URI, Crowd> crowds =
            // looked at several times for each call: to wake a thread for what is noted of that costs more than to do
            // it at once
            Caffeine.newBuilder()
                    .expireAfterAccess(KEPT)
                    .executor(Runnable::run)
                    .build();

    @Autowired
    Crowds(@Value("${bridge.web.max-requests:0}") int maxRequests, Clock clock) {
        this(
                clock,
                maxRequests > 0 ? maxRequests : requestsOf(Runtime.getRuntime().maxMemory()));
    }

    /** @param requests how many are served at once */
    public Crowds(Clock clock, int requests) {
        this.most = Math.max(LEAST_SHARE, requests * 3 / 4);
        this.clock = clock;
    }

    private static int requestsOf(long heap) {
        return Math.clamp(heap / HEAP_OF_A_REQUEST, LEAST_REQUESTS, Integer.MAX_VALUE / 4);
    }

    /** How many calls to one tenant callers may have under way: as much as one may hold of the requests alone. */
    public int mostCalls() {
        return Math.max(1, most / 2);
    }

    /**
     * A request is about to wait for what another one asked of the tenant.
     *
     * @return until when it does; {@code null} when as many wait as may
     */
    public @Nullable Stay join(URI host) {
        Stay stay = new Stay(of(host));
        if (stay.isOneTooMany()) {
            stay.close();
            return null;
        }
        return stay;
    }

    /**
     * A request is about to ask the tenant, as soon as it may.
     *
     * @return until when it does; {@code null} when as many ask as may, and more of them than the tenant answers in a second
     */
    public @Nullable Stay enter(URI host) {
        Crowd crowd = of(host);
        Stay stay = new Stay(crowd);
        if (stay.isOneTooMany() && crowd.isSlow(clock.millis())) {
            stay.close();
            return null;
        }
        return stay;
    }

    /** The tenant has begun to answer a call. */
    public void heard(URI host) {
        of(host).heard(clock.millis());
    }

    /** How many requests the tenant holds up. */
    public int held(URI host) {
        return of(host).held.get();
    }

    private Crowd of(URI host) {
        Crowd known = crowds.getIfPresent(host);
        return known != null ? known : crowds.get(host, ignored -> new Crowd());
    }

    private static final class Crowd {

        private final AtomicInteger held = new AtomicInteger();
        private long since;
        private int answers;
        private int answersBefore;

        private synchronized void begin(long now) {
            if (held.getAndIncrement() == 0) {
                since = now;
                answers = 0;
                answersBefore = Integer.MAX_VALUE;
            }
        }

        private synchronized void heard(long now) {
            turn(now);
            answers++;
        }

        /** Whether those who are held up now are more than were answered in the last second, or in this one. */
        private synchronized boolean isSlow(long now) {
            turn(now);
            return held.get() > Math.max(answers, answersBefore);
        }

        private void turn(long now) {
            long windows = (now - since) / WINDOW.toMillis();
            if (windows > 0) {
                answersBefore = windows == 1 ? answers : 0;
                answers = 0;
                since += windows * WINDOW.toMillis();
            }
        }
    }

    /** One request that is held up, until it is closed. To be closed once. */
    public final class Stay implements AutoCloseable {

        private final Crowd crowd;

        private Stay(Crowd crowd) {
            this.crowd = crowd;
            crowd.begin(clock.millis());
            all.incrementAndGet();
        }

        private boolean isOneTooMany() {
            return crowd.held.get() > Math.max(LEAST_SHARE, most - all.get());
        }

        @Override
        public void close() {
            crowd.held.decrementAndGet();
            all.decrementAndGet();
        }
    }
}
