package io.qlikbridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows down whoever tries secrets: after {@value #FREE} wrong ones in a row from one address for one client, the next is
 * looked at only after a second, then two, four, and so on up to a minute. A right secret, or ten minutes without a wrong one,
 * makes it forget. Kept in memory and for {@value #MOST} pairs at most, so each replica counts for itself. Another address is
 * not slowed down: nobody can lock a client out from elsewhere.
 */
final class TokenThrottle {

    static final int FREE = 5;

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private record Pair(String address, String client) {}

    private record Failures(int count, Instant notBefore, Instant forgotten) {}

    private final InstantSource clock;
    private final Cache<Pair, Failures> failures =
            Caffeine.newBuilder().maximumSize(MOST).build();

    TokenThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long this client has to wait at this address; zero for not at all. */
    Duration wait(String address, String client) {
        Failures known = failures.getIfPresent(new Pair(address, client));
        Instant now = clock.instant();
        return known == null || !known.notBefore().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, known.notBefore());
    }

    /** The secret was wrong. */
    void failed(String address, String client) {
        Instant now = clock.instant();
        failures.asMap().compute(new Pair(address, client), (pair, known) -> {
            int count = known == null || known.forgotten().isBefore(now) ? 1 : known.count() + 1;
            Duration wait = count < FREE ? Duration.ZERO : longerEachTime(count - FREE);
            return new Failures(count, now.plus(wait), now.plus(REMEMBERED));
        });
    }

    /** The secret was right. */
    void succeeded(String address, String client) {
        failures.invalidate(new Pair(address, client));
    }

    private static Duration longerEachTime(int doublings) {
        Duration wait = Duration.ofSeconds(1L << Math.min(doublings, 6));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
