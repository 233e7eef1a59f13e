package io.qlikbridge.proxy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Which forward proxy a call goes through. What is said first counts: {@code bridge.proxy}; the environment's {@code
 * HTTPS_PROXY}, {@code HTTP_PROXY} (each for addresses of its scheme), {@code ALL_PROXY} and {@code NO_PROXY}, in upper or
 * lower case; the JDK's {@code https.proxyHost}, {@code http.proxyHost} and {@code http.nonProxyHosts}.
 */
@Component
public class ForwardProxies {

    private static final Logger log = LoggerFactory.getLogger(ForwardProxies.class);
    private static final String NONE = "none";

    private final @Nullable ForwardProxy ours;
    private final boolean none;
    private final DirectHosts direct;
    private final @Nullable ForwardProxy https;
    private final @Nullable ForwardProxy http;

    @Autowired
    ForwardProxies(ProxyProperties properties) {
        this(properties, System.getenv());
    }

    ForwardProxies(ProxyProperties properties, Map<String, String> environment) {
        none = properties.url().strip().equalsIgnoreCase(NONE);
        boolean said = !none && !properties.url().isBlank();
        ours = said
                ? ForwardProxy.at(properties.url(), "bridge.proxy.url", properties.username(), properties.password())
                : null;
        https = none || said ? null : in(environment, "HTTPS_PROXY");
        http = none || said ? null : in(environment, "HTTP_PROXY");
        direct = new DirectHosts(said ? properties.except() : value(environment, "NO_PROXY"));
        of(URI.create("https://tenant.qlikcloud.com"))
                .ifPresent(proxy -> log.info("Tenants and trusted issuers are reached through the proxy {}", proxy));
    }

    private static @Nullable ForwardProxy in(Map<String, String> environment, String name) {
        for (String each : List.of(name, "ALL_PROXY")) {
            String url = value(environment, each);
            if (url != null) {
                return ForwardProxy.at(url, each, null, null);
            }
        }
        return null;
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        String upper = environment.get(name);
        String value = upper == null || upper.isBlank() ? environment.get(name.toLowerCase(Locale.ROOT)) : upper;
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** No proxy, whatever the machine is configured to have. */
    public static ForwardProxies none() {
        return new ForwardProxies(new ProxyProperties(NONE, null, null, ""), Map.of());
    }

    /** The proxy for calls to this address; empty where they go directly. */
    public Optional<ForwardProxy> of(URI address) {
        if (none || address.getHost() == null) {
            return Optional.empty();
        }
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        ForwardProxy configured = ours != null ? ours : tls ? https : http;
        if (configured == null) {
            return ofJdk(address, tls);
        }
        int port = address.getPort() != -1 ? address.getPort() : tls ? 443 : 80;
        return direct.hold(address.getHost(), port) ? Optional.empty() : Optional.of(configured);
    }

    private static Optional<ForwardProxy> ofJdk(URI address, boolean tls) {
        ProxySelector jdk = ProxySelector.getDefault();
        if (jdk == null) {
            return Optional.empty();
        }
        String scheme = tls ? "https" : "http";
        for (Proxy proxy : jdk.select(address)) {
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
                return Optional.of(new ForwardProxy(
                        at.getHostString(),
                        at.getPort(),
                        scheme + ".proxyHost",
                        System.getProperty(scheme + ".proxyUser"),
                        System.getProperty(scheme + ".proxyPassword", "")));
            }
        }
        return Optional.empty();
    }

    /** For an HTTP client: the route of each call, through its proxy where it has one. */
    public HttpRoutePlanner routes() {
        return new DefaultRoutePlanner(null) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return of(URI.create(target.toURI()))
                        .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
                        .orElse(null);
            }
        };
    }

    /** For an HTTP client: what the proxy wants to be shown, and what nobody else is. */
    public CredentialsProvider credentials() {
        return (scope, context) -> known(scope.getHost(), scope.getPort());
    }

    private @Nullable UsernamePasswordCredentials known(@Nullable String host, int port) {
        for (String scheme : List.of("https", "http")) {
            ForwardProxy configured = ours != null ? ours : scheme.equals("https") ? https : http;
            ForwardProxy proxy = configured != null || none
                    ? configured
                    : ofJdk(URI.create(scheme + "://tenant.qlikcloud.com"), scheme.equals("https"))
                            .orElse(null);
            if (proxy != null && proxy.username() != null && proxy.host().equals(host) && proxy.port() == port) {
                String password = proxy.password() == null ? "" : proxy.password();
                return new UsernamePasswordCredentials(proxy.username(), password.toCharArray());
            }
        }
        return null;
    }
}
