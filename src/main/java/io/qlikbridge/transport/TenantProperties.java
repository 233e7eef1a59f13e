package io.qlikbridge.transport;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants are called.
 *
 * @param connectTimeout how long opening a connection may take as a whole: looking the name up, every address it has, and
 *     the TLS handshake
 * @param readTimeout how long an answer may take to the last byte, once connected; silence, and a trickle too
 * @param maxConcurrency how many calls of this replica to one tenant may be under way at once
 * @param maxWait how long a call waits for others to end when as many are under way. Long enough for a burst to pass,
 *     since most calls take a fraction of it; short enough for a caller to turn to something else. Zero does not wait
 * @param patience the longest pause a tenant may ask for that a call waits out; of a longer one its caller is told. A
 *     person hardly notices a second or two, and that is what a brief excess costs. Zero waits none out
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
