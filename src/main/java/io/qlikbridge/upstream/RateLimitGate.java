package io.qlikbridge.upstream;

import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps to what a tenant says of its rate: a call that it would refuse is not made. A short pause is waited out, of a
 * longer one the caller is told; background work does not come at all while there is any.
 */
@Component
class RateLimitGate {

    private final RateLimits tenants;
    private final RateLimitTiers tiers;
    private final Duration patience;
    private final CallMeters meters;
    private final Clock clock;

    RateLimitGate(
            RateLimits tenants, RateLimitTiers tiers, TenantProperties properties, CallMeters meters, Clock clock) {
        this.tenants = tenants;
        this.tiers = tiers;
        this.patience = properties.patience();
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Waits until the call may be made.
     *
     * @throws TenantException {@code tenant-rate-limited}, when that takes more than patience
     */
    void await(TenantCall call) {
        Instant latest = clock.instant().plus(patience);
        for (Duration left = left(call); left.isPositive(); left = left(call)) {
            if (Background.isUnderWay() || clock.instant().plus(left).isAfter(latest)) {
                throw paused(call, left);
            }
            try {
                // a millisecond more, as the clock that measures it is not the one that wakes us
                Thread.sleep(left.plusMillis(1));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw paused(call, left);
            }
        }
    }

    /** @throws TenantException {@code tenant-rate-limited}, when the call may not be made now */
    void require(TenantCall call) {
        Duration left = left(call);
        if (left.isPositive()) {
            throw paused(call, left);
        }
    }

    /** Whether the call may be made now. */
    boolean isOpen(TenantCall call) {
        return !left(call).isPositive();
    }

    /** Learns from an answer. */
    void hear(TenantCall call, TenantAnswer answer) {
        if (isRefusal(answer)) {
            Duration length = UpstreamErrors.retryAfter(answer.headers());
            tiers.pause(call, length);
            tenants.pause(call.connection().host(), length);
        }
    }

    /**
     * Whether the call is to be made once more after a pause: it was refused for its rate, so nothing was done, and the
     * pause is short. A login is not, since an assertion is accepted once and may be spent (contract, section 2.2). Nor is
     * one that took long to be refused: its caller's claim to issue has an end.
     */
    boolean isWorthRepeating(TenantCall call, TenantAnswer answer, Instant start) {
        return isRefusal(answer)
                && call.purpose() != TenantCall.Purpose.SIGN_IN
                && !Background.isUnderWay()
                && UpstreamErrors.retryAfter(answer.headers()).compareTo(patience) <= 0
                && Duration.between(start, clock.instant()).compareTo(patience) <= 0;
    }

    private TenantException paused(TenantCall call, Duration left) {
        meters.rejected(call, CallMeters.Reason.PAUSED);
        return UpstreamErrors.paused(call, left);
    }

    private Duration left(TenantCall call) {
        URI host = call.connection().host();
        Duration tenant = tenants.left(host);
        // whatever is paused, background work is, for as long at least
        return Background.isUnderWay() || tenant.isZero() ? tenant : tiers.left(call);
    }

    private static boolean isRefusal(TenantAnswer answer) {
        return answer.status().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
    }
}
