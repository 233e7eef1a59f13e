package io.qlikbridge.received;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where in a part of a JSON document the bytes are that a string may end at or that say more than themselves: found all at once, eight
 * at a time and without a branch, for who goes from string to string. For one part after the other, and one thread.
 */
public final class JsonMarks {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long LOWS = 0x7F7F7F7F7F7F7F7FL;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    /** With it the highest bit of a byte below 128 tells that it is no control character. */
    private static final long NO_CONTROL = ONES * (0x80 - ' ');

    /** Brings the highest bit of each of eight bytes together in the highest byte of the product. */
    private static final long GATHER = 0x0002040810204081L;

    private static final int LEAST = 64;

    private final Of what;
    private long[] marks = new long[LEAST];
    private int from;
    private int to;

    /** What is marked. */
    public enum Of {
        /** Quotes and backslashes. */
        STRINGS,
        /** The same, and whatever is no printable ASCII. */
        PLAIN_STRINGS
    }

    public JsonMarks(Of what) {
        this.what = what;
    }

    /** Looks through another part. */
    public void read(byte[] bytes, int first, int last) {
        from = first;
        to = last;
        int words = (last - first + Long.SIZE - 1) / Long.SIZE;
        if (words > marks.length) {
            marks = new long[words];
        }
        boolean plain = what == Of.PLAIN_STRINGS;
        int at = first;
        for (int word = 0; word < words; word++) {
            long found = 0;
            for (int shift = 0; shift < Long.SIZE; shift += Long.BYTES) {
                if (at > last - Long.BYTES) {
                    found |= inEight(lastBytes(bytes, at, last), plain) << shift;
                    break;
                }
                found |= inEight((long) EIGHT.get(bytes, at), plain) << shift;
                at += Long.BYTES;
            }
            marks[word] = found;
        }
    }

    /** A bit for each of eight bytes. */
    private static long inEight(long eight, boolean plain) {
        long others = others(eight ^ QUOTES) & others(eight ^ BACKSLASHES);
        if (plain) {
            others &= (eight & LOWS) + NO_CONTROL & ~eight;
        }
        return (~(others | LOWS) * GATHER) >>> (Long.SIZE - Long.BYTES);
    }

    /** The highest bit of each byte that is not zero; the others mean nothing. */
    private static long others(long eight) {
        return (eight & LOWS) + LOWS | eight;
    }

    /** Fewer than eight, and what is no mark behind them. */
    private static long lastBytes(byte[] bytes, int first, int last) {
        long eight = ONES * ' ';
        for (int at = last - 1; at >= first; at--) {
            eight = eight << Byte.SIZE | bytes[at] & 0xFF;
        }
        return eight;
    }

    /** Where the next mark is, from {@code at} on; the end of the part if there is none. */
    public int next(int at) {
        if (at >= to) {
            return to;
        }
        int word = (at - from) >>> 6;
        long found = marks[word] & -1L << (at - from);
        int words = (to - from + Long.SIZE - 1) >>> 6;
        while (found == 0) {
            word++;
            if (word == words) {
                return to;
            }
            found = marks[word];
        }
        return from + (word << 6) + Long.numberOfTrailingZeros(found);
    }
}
