package io.qlikbridge.tenant;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Tenants that asked to be left alone for a while. Background work asks here before it begins. */
@Component
public class TenantPauses {

    private final Clock clock;
    private final ConcurrentHashMap<URI, Instant> until = new ConcurrentHashMap<>();

    TenantPauses(Clock clock) {
        this.clock = clock;
    }

    /** The tenant at this host said not to come before that long from now. */
    public void pause(URI host, Duration length) {
        Instant end = clock.instant().plus(length);
        until.merge(host, end, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** How long the tenant at this host is still to be left alone; zero when it is not. */
    public Duration left(URI host) {
        Instant end = until.get(host);
        if (end == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            return left;
        }
        until.remove(host, end);
        return Duration.ZERO;
    }
}
