package io.qlikbridge.http1;

import org.jspecify.annotations.Nullable;

/** The head of an answer. */
public final class AnswerHead {

    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;

    private final int status;
    private final HeaderLines headers;
    private final Framing framing;
    private final long length;
    private final boolean keepsAlive;

    private AnswerHead(int status, HeaderLines headers, Framing framing, long length, boolean keepsAlive) {
        this.status = status;
        this.headers = headers;
        this.framing = framing;
        this.length = length;
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
        boolean keepsAlive = persistent && !closes(headers);
        if (status < 200 || status == 204 || status == 304 || method.equals("HEAD")) {
            return new AnswerHead(status, headers, Framing.NO_BODY, 0, keepsAlive);
        }
        int encodings = headers.count("Transfer-Encoding");
        int lengths = headers.count("Content-Length");
        if (encodings + lengths > 1) {
            return null;
        }
        if (encodings == 1) {
            String coding = headers.first("Transfer-Encoding");
            return coding != null && coding.equalsIgnoreCase("chunked") && persistent
                    ? new AnswerHead(status, headers, Framing.CHUNKED, -1, keepsAlive)
                    : null;
        }
        if (lengths == 0) {
            return new AnswerHead(status, headers, Framing.UNTIL_CLOSE, -1, false);
        }
        long length = BodyEnd.length(headers.first("Content-Length"));
        if (length < 0) {
            return null;
        }
        return new AnswerHead(status, headers, length == 0 ? Framing.NO_BODY : Framing.LENGTH, length, keepsAlive);
    }

    private static boolean closes(HeaderLines headers) {
        String connection = headers.first("Connection");
        return connection != null && connection.regionMatches(true, 0, "close", 0, 5);
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

    /** How long the body is; -1 where that is not told before. */
    public long length() {
        return length;
    }

    /** Whether the connection can be used for another request. */
    public boolean keepsAlive() {
        return keepsAlive;
    }
}
