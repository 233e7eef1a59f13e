package io.qlikbridge.connection;

import io.qlikbridge.problem.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host name and port of a web server, and nothing else. Two spellings of one server are equal.
 *
 * @param scheme {@code http} or {@code https}
 * @param name in lower case; an IPv6 address in its brackets
 * @param port the scheme's own where none was written
 */
public record ServerAddress(String scheme, String name, int port) {

    /** @throws InvalidValue that says what else the text holds, or what it lacks */
    public static ServerAddress of(String text) {
        URI uri = parse(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        require(scheme.equals("https") || scheme.equals("http"), "starts with https:// (or http://)");
        String authority = uri.getRawAuthority();
        require(authority == null || authority.indexOf('@') < 0, "has no user name and password");
        require(isEmpty(uri.getRawPath()), "has no path");
        require(uri.getRawQuery() == null && uri.getRawFragment() == null, "has no query and no fragment");
        String name = uri.getHost();
        require(
                name != null && isName(name),
                "holds a host name of letters, digits, dots and hyphens, or an IP address; an international name in its"
                        + " xn-- form");
        require(uri.getPort() >= -1 && uri.getPort() != 0 && uri.getPort() <= 65_535, "has a port of 1 to 65535");
        int port = uri.getPort() == -1 ? defaultPort(scheme) : uri.getPort();
        return new ServerAddress(scheme, name.toLowerCase(Locale.ROOT), port);
    }

    public boolean hasDefaultPort() {
        return port == defaultPort(scheme);
    }

    public URI uri() {
        return URI.create(toString());
    }

    /** As a browser writes an origin: without the scheme's own port. */
    @Override
    public String toString() {
        return scheme + "://" + name + (hasDefaultPort() ? "" : ":" + port);
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException notOne) {
            throw new InvalidValue("is not a URL");
        }
    }

    /** {@code name} passed {@link URI}, which is strict about what a host is, but for these. */
    private static boolean isName(String name) {
        return !name.endsWith(".") && name.indexOf('%') < 0 && name.length() <= 253;
    }

    private static boolean isEmpty(@Nullable String part) {
        return part == null || part.isEmpty();
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static void require(boolean holds, String detail) {
        if (!holds) {
            throw new InvalidValue(detail);
        }
    }
}
