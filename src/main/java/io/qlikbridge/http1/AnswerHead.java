package io.qlikbridge.http1;

import org.jspecify.annotations.Nullable;

/** The head of an answer. */
public final class AnswerHead {

    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;

    private final int status;
    private final HeaderLines headers;
    private final Framing framing;
    private final boolean keepsAlive;

    private AnswerHead(int status, HeaderLines headers, Framing framing, boolean keepsAlive) {
        this.status = status;
        this.headers = headers;
        this.framing = framing;
        this.keepsAlive = keepsAlive;
    }

    /**
     * @param to behind the empty line
     * @param method of the request: an answer to HEAD has no body
     * @return {@code null} for a malformed one
     */
    public static @Nullable AnswerHead read(byte[] bytes, int from, int to, String method) {
        int line = from;
        while (line < to && bytes[line] != '\r') {
            line++;
        }
        int status = status(bytes, from, line);
        if (status < 0 || line + 2 > to || bytes[line + 1] != '\n') {
            return null;
        }
        HeaderLines headers = HeaderLines.read(bytes, line + 2, to - 2);
        if (headers == null) {
            return null;
        }
        boolean persistent = bytes[from + 7] == '1';
        return framed(status, headers, method, persistent);
    }

    /** RFC 9112, section 4: {@code HTTP/1.1 200 OK}, or with nothing behind the status. */
    private static int status(byte[] bytes, int from, int to) {
        if (to - from < STATUS_END
                || bytes[from] != 'H'
                || bytes[from + 1] != 'T'
                || bytes[from + 2] != 'T'
                || bytes[from + 3] != 'P'
                || bytes[from + 4] != '/'
                || bytes[from + 5] != '1'
                || bytes[from + 6] != '.'
                || bytes[from + 7] != '1' && bytes[from + 7] != '0'
                || bytes[from + 8] != ' '
                || to - from > STATUS_END && bytes[from + STATUS_END] != ' ') {
            return -1;
        }
        int status = 0;
        for (int at = from + STATUS_AT; at < from + STATUS_END; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            status = status * 10 + digit;
        }
        return status < 100 ? -1 : status;
    }

    private static @Nullable AnswerHead framed(int status, HeaderLines headers, String method, boolean persistent) {
        boolean bodiless = status < 200 || status == 204 || status == 304 || method.equals("HEAD");
        Framing framing = bodiless ? Framing.NO_BODY : Framing.of(headers, Framing.UNTIL_CLOSE);
        if (framing == null || framing.kind() == Framing.Kind.CHUNKED && !persistent) {
            return null;
        }
        boolean keepsAlive =
                persistent && framing.kind() != Framing.Kind.UNTIL_CLOSE && !headers.lists("Connection", "close");
        return new AnswerHead(status, headers, framing, keepsAlive);
    }

    public int status() {
        return status;
    }

    /** Whether another answer follows to the same request (RFC 9110, section 15.2). */
    public boolean isInterim() {
        return status < 200 && status != 101;
    }

    public HeaderLines headers() {
        return headers;
    }

    public Framing framing() {
        return framing;
    }

    /** Whether the connection can be used for another request. */
    public boolean keepsAlive() {
        return keepsAlive;
    }
}
