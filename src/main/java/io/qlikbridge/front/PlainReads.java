package io.qlikbridge.front;

import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.forwarded.KnownOrigins;
import io.qlikbridge.http1.Characters;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.upstream.TenantCall;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells reads that may be served directly from all other requests, and writes the calls that they become. */
final class PlainReads {

    /** Beside letters and digits (RFC 3986, sections 2 and 3.4), and what Tomcat is told to let stand in a query. */
    private static final String IN_PATH = "/-._~";

    private static final String IN_QUERY = "/-._~%!$&'()*+,;=:@?|";

    /** What says more of a request than is looked at here. */
    private static final List<String> FOR_OTHERS = List.of("Origin", "Expect", "Trailer", "TE");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LARGEST_PORT = 65_535;

    private PlainReads() {}

    /** @return {@code null} for a request that is none */
    static @Nullable AskedRead asked(RequestHead head, CallerConnection caller) {
        Front.Setting setting = caller.loop().setting();
        if (!head.method().equals("GET")
                || head.framing().kind() != Framing.Kind.NO_BODY
                || !head.headers().isAscii()
                || head.closes()) {
            return null;
        }
        for (String name : FOR_OTHERS) {
            if (head.headers().count(name) > 0) {
                return null;
            }
        }
        String target = head.target();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? null : target.substring(mark + 1);
        if (!path.startsWith(setting.contextPath())
                || !Characters.areLettersDigitsOr(IN_PATH, path)
                || query != null && !Characters.areLettersDigitsOr(IN_QUERY, query)) {
            return null;
        }
        return new AskedRead(head, path.substring(setting.contextPath().length()), query, origin(head, caller));
    }

    /** As the caller named it; {@code null} where proxies may have more to say, which the application weighs. */
    private static AskedRead.@Nullable CallerOrigin origin(RequestHead head, CallerConnection caller) {
        Front.Setting setting = caller.loop().setting();
        KnownOrigins origins = caller.loop().front().origins();
        for (String name : origins.names()) {
            if (head.headers().count(name) > 0) {
                KnownOrigins.Origin known = origins.of(caller.channel().peer(), setting.secure(), head.headers()::all);
                return known == null
                        ? null
                        : new AskedRead.CallerOrigin(
                                known.scheme(), known.host(), known.port(), path(known.prefix(), setting));
            }
        }
        String host = head.headers().first("Host");
        if (host == null || host.isEmpty()) {
            return null;
        }
        int usual = setting.secure() ? HTTPS_PORT : HTTP_PORT;
        int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        int port = colon < 0 ? usual : port(host.substring(colon + 1));
        String name = colon < 0 ? host : host.substring(0, colon);
        return port < 0
                ? null
                : new AskedRead.CallerOrigin(setting.secure() ? "https" : "http", name, port, setting.contextPath());
    }

    /** A proxy that names the context path took nothing off. */
    private static String path(String prefix, Front.Setting setting) {
        return prefix.equals(setting.contextPath()) ? prefix : prefix + setting.contextPath();
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port == 0 || port > LARGEST_PORT ? -1 : port;
    }

    /**
     * Writes the head of a call, but for its end.
     *
     * @param host as the tenant is to be named
     * @return whether all of it could be written as it is
     */
    static boolean write(AnswerBuffer message, TenantCall call, String host) {
        URI address = call.uri();
        String path = address.getRawPath();
        message.add("GET ").add(path.isEmpty() ? "/" : path);
        if (address.getRawQuery() != null) {
            message.add("?").add(address.getRawQuery());
        }
        message.add(" HTTP/1.1\r\nHost: ").add(host).add("\r\n");
        for (Map.Entry<String, List<String>> header : call.headers().headerSet()) {
            for (String value : header.getValue()) {
                if (!isPlain(value)) {
                    return false;
                }
                message.add(header.getKey()).add(": ").add(value).add("\r\n");
            }
        }
        message.add("Connection: keep-alive\r\nUser-Agent: qlik-identity-bridge\r\n");
        return true;
    }

    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character < ' ' && character != '\t' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
