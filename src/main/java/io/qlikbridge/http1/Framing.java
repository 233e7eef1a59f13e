package io.qlikbridge.http1;

/** How the end of a message's body is told (RFC 9112, section 6.3). */
public enum Framing {
    NO_BODY,
    LENGTH,
    CHUNKED,
    /** Of an answer: by the end of its connection. */
    UNTIL_CLOSE
}
