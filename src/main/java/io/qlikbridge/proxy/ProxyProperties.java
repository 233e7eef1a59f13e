package io.qlikbridge.proxy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way out to tenants and trusted issuers.
 *
 * @param url of a forward proxy, such as {@code http://proxy.example.org:3128}; {@code none} for none, whatever the environment
 *     says; without it, the environment and then the JDK's properties decide
 * @param username for the proxy, where it wants one
 * @param password for the proxy
 * @param except hosts that are gone to directly, in the form of {@code NO_PROXY}
 */
@ConfigurationProperties("bridge.proxy")
record ProxyProperties(
        @DefaultValue("") String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("") String except) {

    @Override
    public String toString() {
        return "ProxyProperties[except=" + except + "]";
    }
}
