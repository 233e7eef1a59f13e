package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.qlikbridge.http1.Heads;

/** What a caller has sent and nobody has taken yet. For one thread. */
final class Received {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int from;
    private int to;

    /** How much of it was looked at for the end of a head. */
    private int looked;

    /** They stay as they are for whoever keeps them, from {@link #from} to what is {@link #to} now. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    void add(ByteBuf piece) {
        int more = piece.readableBytes();
        int length = length();
        if (length == 0 || more > bytes.length - to) {
            byte[] larger = new byte
                    [length == 0 ? more : Math.max(length + more, Math.min(2 * length, FrontLimits.LONGEST_BODY))];
            System.arraycopy(bytes, from, larger, 0, length);
            bytes = larger;
            from = 0;
            to = length;
        }
        piece.getBytes(piece.readerIndex(), bytes, to, more);
        to += more;
    }

    /** Somebody has taken so many bytes. */
    void take(int count) {
        from += count;
        looked = 0;
    }

    void clear() {
        bytes = NOTHING;
        from = 0;
        to = 0;
        looked = 0;
    }

    /** How long the head is that it begins with; -1 while its end is not here. */
    int headLength() {
        int end = Heads.end(bytes, from + Math.max(0, looked - 3), to);
        looked = length();
        return end < 0 ? -1 : end - from;
    }

    /** Whether it can still become a head that is written plainly. */
    boolean isPlainSoFar() {
        if (bytes[from] < 'A' || bytes[from] > 'Z') {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] != '\r') {
                return false;
            }
        }
        return true;
    }
}
