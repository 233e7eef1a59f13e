package io.qlikbridge.http1;

import org.jspecify.annotations.Nullable;

/**
 * How the end of a message's body is told (RFC 9112, section 6.3).
 *
 * @param length in bytes; -1 where that is not told before
 */
public record Framing(Kind kind, long length) {

    /** By what it is told. */
    public enum Kind {
        NO_BODY,
        LENGTH,
        CHUNKED,
        /** Of an answer: by the end of its connection. */
        UNTIL_CLOSE
    }

    static final Framing NO_BODY = new Framing(Kind.NO_BODY, 0);
    static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, -1);

    private static final Framing CHUNKED = new Framing(Kind.CHUNKED, -1);
    private static final int MOST_DIGITS = 18;

    /**
     * As the headers tell it in one way alone.
     *
     * @param untold where they tell nothing
     * @return {@code null} where they tell it twice, or in a way that not everybody reads alike
     */
    static @Nullable Framing of(HeaderLines headers, Framing untold) {
        int encodings = headers.count("Transfer-Encoding");
        int lengths = headers.count("Content-Length");
        if (encodings + lengths == 0) {
            return untold;
        }
        if (encodings + lengths > 1) {
            return null;
        }
        if (encodings == 1) {
            return "chunked".equals(headers.first("Transfer-Encoding")) ? CHUNKED : null;
        }
        long length = length(headers.first("Content-Length"));
        if (length < 0) {
            return null;
        }
        return length == 0 ? NO_BODY : new Framing(Kind.LENGTH, length);
    }

    /** Digits alone; -1 for what is none. */
    private static long length(@Nullable String written) {
        if (written == null || written.isEmpty() || written.length() > MOST_DIGITS) {
            return -1;
        }
        long length = 0;
        for (int at = 0; at < written.length(); at++) {
            int digit = written.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return length;
    }
}
