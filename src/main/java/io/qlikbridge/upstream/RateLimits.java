package io.qlikbridge.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Tenants that asked to be left alone for a while. Background work asks here before it begins; what is said of it here is
 * said of this replica alone.
 */
@Component
public class RateLimits {

    /** More than there are tenants; one that is forgotten says again that it wants to be left alone. */
    private static final int MOST = 1_000;

    private final Clock clock;
    private final Cache<URI, Instant> until =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public RateLimits(Clock clock) {
        this.clock = clock;
    }

    /** The tenant at this host said not to come before that long from now. */
    public void pause(URI host, Duration length) {
        Instant end = clock.instant().plus(length);
        until.asMap().merge(host, end, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** How long the tenant at this host is still to be left alone; zero when it is not. */
    public Duration left(URI host) {
        Instant end = until.getIfPresent(host);
        if (end == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            return left;
        }
        until.asMap().remove(host, end);
        return Duration.ZERO;
    }
}
