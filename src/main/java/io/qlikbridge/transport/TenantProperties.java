package io.qlikbridge.transport;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants are called.
 *
 * @param connectTimeout how long connecting may take in all: name lookup, every address of the host, TLS handshake
 * @param readTimeout how long an answer may take to its last byte, once connected
 * @param maxConcurrency concurrent calls of one replica to one tenant; background work has a quarter of them at most, and a small heap
 *     allows fewer
 * @param maxWait how long a call waits when that many are under way, before it is {@code too-busy}; 0 does not wait
 * @param patience the longest pause asked for by a tenant (429) that a call waits out; of a longer one the caller is told. 0 waits none
 *     out
 */
@ConfigurationProperties("bridge.tenant")
public record TenantProperties(
        @DefaultValue("PT3S") Duration connectTimeout,
        @DefaultValue("PT20S") Duration readTimeout,
        @DefaultValue("64") int maxConcurrency,
        @DefaultValue("PT1S") Duration maxWait,
        @DefaultValue("PT2S") Duration patience) {

    /** A quarter of the places is as much as background work may have; where there are fewer than four, one. */
    private static final int BACKGROUND_SHARE = 4;

    public TenantProperties {
        if (!connectTimeout.isPositive() || !readTimeout.isPositive() || maxConcurrency < 1) {
            throw new IllegalArgumentException(
                    "bridge.tenant: time-outs are longer than nothing, and max-concurrency is at least 1");
        }
        if (maxWait.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("bridge.tenant: max-wait and patience are not negative");
        }
    }

    /** How many of those calls may be background work. */
    public int maxBackgroundConcurrency() {
        return Math.max(1, maxConcurrency / BACKGROUND_SHARE);
    }
}
