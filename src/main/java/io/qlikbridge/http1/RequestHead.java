package io.qlikbridge.http1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request of which everybody reads the same: HTTP/1.1, one {@code Host}, an address that begins with a slash, and a body, if
 * any, whose end is told in one way alone (RFC 9112, sections 3 and 6).
 */
public final class RequestHead {

    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String method;
    private final String target;
    private final HeaderLines headers;
    private final Framing framing;

    private RequestHead(String method, String target, HeaderLines headers, Framing framing) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.framing = framing;
    }

    /**
     * @param to behind the empty line
     * @return {@code null} for a head that is written in any other way
     */
    public static @Nullable RequestHead read(byte[] bytes, int from, int to) {
        int space = from;
        while (space < to && bytes[space] >= 'A' && bytes[space] <= 'Z') {
            space++;
        }
        if (space == from || space + 1 >= to || bytes[space] != ' ' || bytes[space + 1] != '/') {
            return null;
        }
        int end = space + 1;
        while (end < to && bytes[end] > ' ' && bytes[end] < 127) {
            end++;
        }
        if (!isVersion(bytes, end, to)) {
            return null;
        }
        HeaderLines headers = HeaderLines.read(bytes, end + VERSION.length, to - 2);
        if (headers == null || headers.count("Host") != 1) {
            return null;
        }
        Framing framing = Framing.of(headers, Framing.NO_BODY);
        return framing == null
                ? null
                : new RequestHead(text(bytes, from, space), text(bytes, space + 1, end), headers, framing);
    }

    private static boolean isVersion(byte[] bytes, int from, int to) {
        if (from + VERSION.length + 2 > to) {
            return false;
        }
        for (int at = 0; at < VERSION.length; at++) {
            if (bytes[from + at] != VERSION[at]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    /** In capital letters. */
    public String method() {
        return method;
    }

    /** The address as it was sent, from the slash on. */
    public String target() {
        return target;
    }

    public HeaderLines headers() {
        return headers;
    }

    public Framing framing() {
        return framing;
    }

    /** Whether the caller waits for {@code 100 Continue} before it sends the body. */
    public boolean expectsContinue() {
        return headers.count("Expect") > 0;
    }

    /** Whether the caller closes the connection behind the answer. */
    public boolean closes() {
        return headers.lists("Connection", "close");
    }
}
