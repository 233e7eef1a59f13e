package io.qlikbridge.proxy;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that carries calls on, by CONNECT those over TLS.
 *
 * @param source where it was configured, such as {@code HTTPS_PROXY}
 * @param username for the proxy; {@code null} where it wants none
 * @param password a secret
 */
public record ForwardProxy(
        String host,
        int port,
        String source,
        @Nullable String username,
        @Nullable String password) {

    /** That of a URL without one, as of {@code curl}. */
    private static final int USUAL_PORT = 1080;

    private static final int HTTP_PORT = 80;

    /**
     * @param url as {@code http://user:password@host:port}; the scheme may be left out
     * @throws ProxyCannotStart when it names no such proxy; the message does not repeat it, as it may hold a password
     */
    static ForwardProxy at(String url, String source, @Nullable String username, @Nullable String password) {
        String whole = url.contains("://") ? url : "http://" + url;
        URI address;
        try {
            address = URI.create(whole.strip());
        } catch (IllegalArgumentException malformed) {
            throw unreadable(source);
        }
        if (address.getHost() == null || !"http".equalsIgnoreCase(address.getScheme())) {
            throw unreadable(source);
        }
        int port = address.getPort() != -1 ? address.getPort() : url.contains("://") ? HTTP_PORT : USUAL_PORT;
        String login = address.getRawUserInfo();
        if (login == null) {
            return new ForwardProxy(bare(address.getHost()), port, source, username, password);
        }
        int colon = login.indexOf(':');
        return new ForwardProxy(
                bare(address.getHost()),
                port,
                source,
                decoded(colon < 0 ? login : login.substring(0, colon)),
                colon < 0 ? "" : decoded(login.substring(colon + 1)));
    }

    private static String decoded(String escaped) {
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static ProxyCannotStart unreadable(String source) {
        return new ProxyCannotStart(
                source + " does not name a forward proxy.",
                "Set " + source
                        + " to an address such as http://proxy.example.org:3128, with user:password@ in front of the"
                        + " host where the proxy wants them, percent-encoded. Proxies are spoken to by http://; what goes"
                        + " through them is TLS all the same.");
    }

    /** Its address, without what it wants to be shown. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return address() + " (" + source + ")";
    }
}
