package io.qlikbridge.qlikcloud;

import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.TenantPauses;
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
class CloudPace {

    private final TenantPauses tenants;
    private final TierPauses tiers;
    private final Duration patience;
    private final CallMeters meters;
    private final Clock clock;

    CloudPace(TenantPauses tenants, TierPauses tiers, TenantProperties properties, CallMeters meters, Clock clock) {
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
    void await(CloudCall call) {
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
    void require(CloudCall call) {
        Duration left = left(call);
        if (left.isPositive()) {
            throw paused(call, left);
        }
    }

    /** Learns from an answer. */
    void hear(CloudCall call, CloudAnswer answer) {
        if (isRefusal(answer)) {
            Duration length = Refusals.retryAfter(answer.headers());
            tiers.pause(call, length);
            tenants.pause(call.connection().host(), length);
        }
    }

    /**
     * Whether the call is to be made once more after a pause: it was refused for its rate, so nothing was done, and the
     * pause is short. A login is not, since an assertion is accepted once and may be spent (contract, section 2.2). Nor is
     * one that took long to be refused: its caller's claim to issue has an end.
     */
    boolean isWorthRepeating(CloudCall call, CloudAnswer answer, Instant start) {
        return isRefusal(answer)
                && !call.step().equals(CloudCall.LOGIN)
                && !Background.isUnderWay()
                && Refusals.retryAfter(answer.headers()).compareTo(patience) <= 0
                && Duration.between(start, clock.instant()).compareTo(patience) <= 0;
    }

    private TenantException paused(CloudCall call, Duration left) {
        meters.rejected(call, CallMeters.Reason.PAUSED);
        return Refusals.paused(call, left);
    }

    private Duration left(CloudCall call) {
        URI host = call.connection().host();
        Duration tenant = tenants.left(host);
        // whatever is paused, background work is, for as long at least
        return Background.isUnderWay() || tenant.isZero() ? tenant : tiers.left(call);
    }

    private static boolean isRefusal(CloudAnswer answer) {
        return answer.status().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
    }
}
