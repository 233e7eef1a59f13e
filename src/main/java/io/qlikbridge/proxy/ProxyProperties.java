package io.qlikbridge.proxy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way out to tenants and trusted issuers.
 *
 * @param url a forward proxy, such as {@code http://proxy.example.org:3128}, or {@code none}. If not set, the environment decides, then the
 *     JDK's properties
 * @param username the name to show to the proxy, where it wants one
 * @param password the password to that name
 * @param except hosts that are called directly, in the form of {@code NO_PROXY}
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
