package io.qlikbridge.forwarded;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides by which scheme, host, port and prefix a caller came, where a trusted proxy says so: as the proxy
 * nearest to the caller has it, which is named first. It stands behind Tomcat's own valve, which tells whether the proxy is
 * trusted, takes the caller's address from {@code X-Forwarded-For}, and puts everything back after the request. A value that is
 * malformed says nothing. {@code Forwarded} (RFC 7239) counts where no {@code X-Forwarded-*} but the prefix is sent: a proxy that
 * writes the ones passes on what a caller put into the other.
 */
public final class CallerAddressValve extends ValveBase {

    /** Holds the prefix that proxies took off the path, such as {@code /bridge}. */
    public static final String PREFIX = CallerAddressValve.class.getName() + ".prefix";

    /** Holds the {@link ForwardedHeader} that counts. */
    static final String FORWARDED = CallerAddressValve.class.getName() + ".forwarded";

    private static final String HTTPS = "https";
    private static final int LONGEST_PREFIX = 500;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LARGEST_PORT = 65_535;

    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::(?<port>[0-9]{1,5}))?");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Segments of unreserved characters (RFC 3986, section 2.3); none of them leads elsewhere. */
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,100}){1,10}/?");

    private final KnownOrigins origins;
    private final String schemeHeader;
    private final String https;
    private final String hostHeader;
    private final String portHeader;

    /** Takes over from Tomcat's valve what is not for it to read any more: it knows no chains, and no port of a host. */
    CallerAddressValve(RemoteIpValve trust, KnownOrigins origins) {
        super(true);
        this.origins = origins;
        schemeHeader = orElse(trust.getProtocolHeader(), "X-Forwarded-Proto");
        https = orElse(trust.getProtocolHeaderHttpsValue(), HTTPS);
        hostHeader = orElse(trust.getHostHeader(), "X-Forwarded-Host");
        portHeader = orElse(trust.getPortHeader(), "X-Forwarded-Port");
        trust.setProtocolHeader(null);
        trust.setHostHeader(null);
        trust.setPortHeader(null);
    }

    private static String orElse(@Nullable String configured, String usual) {
        return configured == null || configured.isBlank() ? usual : configured;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE))) {
            read(request);
        }
        if (request.getAttribute(ForwardedForValve.KEY) instanceof String key) {
            origins.learn(key, request, request.getAttribute(PREFIX) instanceof String prefix ? prefix : "");
        }
        getNext().invoke(request, response);
    }

    private void read(Request request) {
        ForwardedHeader forwarded = request.getAttribute(FORWARDED) instanceof ForwardedHeader said ? said : null;
        String before = request.getScheme();
        String told = scheme(forwarded == null ? first(request, schemeHeader) : forwarded.first("proto"));
        String scheme = told == null ? before : told;
        request.setSecure(told == null ? request.isSecure() : told.equals(HTTPS));
        request.getCoyoteRequest().scheme().setString(scheme);

        String host = forwarded == null ? first(request, hostHeader) : forwarded.first("host");
        Matcher named = HOST.matcher(Objects.requireNonNullElse(host, ""));
        Integer port = null;
        // a port that is none makes the host one that nobody called
        boolean known = named.matches() && (named.group("port") == null || port(named.group("port")) != null);
        if (known) {
            request.getCoyoteRequest().serverName().setString(named.group("name"));
            port = port(named.group("port"));
        }
        if (port == null && forwarded == null) {
            port = port(first(request, portHeader));
        }
        if (port != null) {
            request.setServerPort(port);
        } else if (known || told != null && !isOfCaller(request, before)) {
            request.setServerPort(usualPort(scheme));
        }
        String prefix = prefix(request);
        if (!prefix.isEmpty()) {
            request.setAttribute(PREFIX, prefix);
        }
    }

    /** Whether the header Host has a port that is neither our own nor left out: a proxy passed on what the caller wrote. */
    private static boolean isOfCaller(Request request, String scheme) {
        int port = request.getServerPort();
        return port != request.getLocalPort() && port != usualPort(scheme);
    }

    private static int usualPort(String scheme) {
        return scheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
    }

    private @Nullable String scheme(@Nullable String said) {
        if (said == null) {
            return null;
        }
        if (said.equalsIgnoreCase(https) || said.equalsIgnoreCase(HTTPS)) {
            return HTTPS;
        }
        // a header of the operator's own may say on or off
        return said.equalsIgnoreCase("http") || !https.equalsIgnoreCase(HTTPS) ? "http" : null;
    }

    private static @Nullable Integer port(@Nullable String text) {
        if (text == null || !PORT.matcher(text).matches()) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port > 0 && port <= LARGEST_PORT ? port : null;
    }

    /** Of a chain of proxies each takes its own off and says so, nearest to the caller first. */
    private static String prefix(Request request) {
        StringBuilder prefix = new StringBuilder();
        for (String value : values(request, "X-Forwarded-Prefix")) {
            if (value.isEmpty() || value.equals("/")) {
                continue;
            }
            if (!PATH.matcher(value).matches()) {
                return "";
            }
            prefix.append(value, 0, value.endsWith("/") ? value.length() - 1 : value.length());
        }
        return prefix.length() > LONGEST_PREFIX ? "" : prefix.toString();
    }

    private static @Nullable String first(Request request, String header) {
        List<String> values = values(request, header);
        return values.isEmpty() ? null : values.getFirst();
    }

    private static List<String> values(Request request, String header) {
        List<String> values = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(header))) {
            for (String value : line.split(",", -1)) {
                values.add(value.strip());
            }
        }
        return values;
    }
}
