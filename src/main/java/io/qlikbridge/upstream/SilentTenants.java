package io.qlikbridge.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.transport.TenantProperties;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Knows which tenants are silent: several calls in a row ended without a byte of an answer, and none was answered meanwhile.
 * Such a tenant is asked once every few seconds, by whoever comes then; all others are told at once. One answer, and it is
 * silent no more.
 */
@Component
class SilentTenants {

    /** One that is slow for one caller now and then is not silent for all. */
    static final int IN_A_ROW = 5;

    static final Duration ASKED_EVERY = Duration.ofSeconds(5);

    /** So long after the last call it is as if there had been none. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    private final Duration connectTimeout;
    private final Clock clock;
    private final CallMeters meters;
    private final Cache<URI, Voice> tenants =
            // looked at several times for each call: to wake a thread for what is noted of that costs more than to do
            // it at once
            Caffeine.newBuilder()
                    .expireAfterAccess(REMEMBERED)
                    .executor(Runnable::run)
                    .build();

    SilentTenants(TenantProperties properties, CallMeters meters, Clock clock) {
        this.connectTimeout = properties.connectTimeout();
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Of a silent tenant lets through who comes when it is to be asked again, and always the connection test, which is to find
     * out.
     *
     * @throws io.qlikbridge.tenant.TenantException {@code tenant-unreachable}, while it is silent and was asked just now
     */
    void require(TenantCall call) {
        if (call.purpose() == TenantCall.Purpose.PROBE) {
            return;
        }
        Duration left = of(call).untilAsked(clock.instant());
        if (left.isPositive()) {
            meters.rejected(call, CallMeters.Reason.SILENT);
            throw TransportFailures.known(call, left);
        }
    }

    /** Whether the tenant answers, as far as is known. */
    boolean isHeard(TenantCall call) {
        return of(call).isHeard();
    }

    /** It begins to answer a call. */
    void heard(TenantCall call) {
        of(call).heard(clock.instant());
    }

    /** @param took until the call failed, without a byte of an answer */
    void failed(TenantCall call, IOException failure, Duration took) {
        Instant now = clock.instant();
        if (TransportFailures.isSilence(failure, took, connectTimeout)) {
            of(call).silent(now.minus(took), now);
        } else {
            of(call).heard(now);
        }
    }

    private Voice of(TenantCall call) {
        URI host = call.connection().host();
        Voice known = tenants.getIfPresent(host);
        return known != null ? known : tenants.get(host, ignored -> new Voice());
    }

    /** Of one tenant. */
    private static final class Voice {

        private Instant heard = Instant.MIN;
        private Instant again = Instant.MIN;
        private int silentCalls;

        private synchronized boolean isHeard() {
            return silentCalls < IN_A_ROW;
        }

        /** Whoever is told that it may be asked is the only one for a while. */
        private synchronized Duration untilAsked(Instant now) {
            if (silentCalls < IN_A_ROW) {
                return Duration.ZERO;
            }
            if (now.isBefore(again)) {
                return Duration.between(now, again);
            }
            again = now.plus(ASKED_EVERY);
            return Duration.ZERO;
        }

        /** It answered, or refused the connection: in any case nobody has to wait for it. */
        private synchronized void heard(Instant now) {
            heard = now;
            silentCalls = 0;
        }

        private synchronized void silent(Instant begun, Instant now) {
            // what was asked of it before it spoke tells nothing of what it does now
            if (begun.isBefore(heard)) {
                return;
            }
            silentCalls++;
            if (silentCalls == IN_A_ROW) {
                again = now.plus(ASKED_EVERY);
            }
        }
    }
}
