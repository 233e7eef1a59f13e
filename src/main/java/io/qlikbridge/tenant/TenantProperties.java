package io.qlikbridge.tenant;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants are called.
 *
 * @param connectTimeout how long opening a connection may take, TLS handshake included
 * @param readTimeout how long an answer may take to the last byte, once connected; silence, and a trickle too
 * @param maxConcurrency how many calls to one tenant may be under way at once
 */
@ConfigurationProperties("bridge.tenant")
public record TenantProperties(
        @DefaultValue("PT3S") Duration connectTimeout,
        @DefaultValue("PT20S") Duration readTimeout,
        @DefaultValue("64") int maxConcurrency) {

    public TenantProperties {
        if (!connectTimeout.isPositive() || !readTimeout.isPositive() || maxConcurrency < 1) {
            throw new IllegalArgumentException(
                    "bridge.tenant: time-outs are longer than nothing, and max-concurrency is at least 1");
        }
    }
}
