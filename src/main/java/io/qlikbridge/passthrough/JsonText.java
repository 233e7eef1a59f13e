package io.qlikbridge.passthrough;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a JSON string, unescaped, and where each of its characters stands among the bytes. Bytes beyond ASCII
 * are characters of their own: only what is before them is looked at.
 */
final class JsonText {

    /** As much of a link as is looked at. */
    private static final int LONGEST = LinkRewriter.MOST_HELD;

    private final String text;
    private final boolean whole;

    /** Behind which byte each character begins; {@code null} where no character is escaped. */
    private final int @Nullable [] offsets;

    /** @param bytes what is between the quotes, from {@code from} to {@code to}, perhaps not all of it */
    JsonText(byte[] bytes, int from, int to) {
        int plainEnd = Math.min(to, from + LONGEST);
        if (indexOfBackslash(bytes, from, plainEnd) < 0) {
            this.text = new String(bytes, from, plainEnd - from, StandardCharsets.ISO_8859_1);
            this.whole = plainEnd == to;
            this.offsets = null;
            return;
        }
        StringBuilder decoded = new StringBuilder();
        int[] starts = new int[plainEnd - from + 1];
        int at = from;
        while (at < to && decoded.length() < LONGEST) {
            int length = bytes[at] != '\\' ? 1 : at + 1 < to && bytes[at + 1] == 'u' ? 6 : 2;
            int character = at + length > to ? -1 : character(bytes, at, length);
            if (character < 0) {
                break;
            }
            decoded.append((char) character);
            at += length;
            starts[decoded.length()] = at - from;
        }
        this.text = decoded.toString();
        this.whole = at == to;
        this.offsets = starts;
    }

    String text() {
        return text;
    }

    /** Whether nothing was left out. */
    boolean isWhole() {
        return whole;
    }

    /** How many bytes stand for so many characters from the beginning on. */
    int offset(int characters) {
        return offsets == null ? characters : offsets[characters];
    }

    private static int indexOfBackslash(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\') {
                return at;
            }
        }
        return -1;
    }

    /** Negative for no escape of JSON's (RFC 8259, section 7). */
    private static int character(byte[] bytes, int at, int length) {
        return switch (length) {
            case 1 -> bytes[at] & 0xFF;
            case 2 ->
                switch (bytes[at + 1]) {
                    case '"', '\\', '/' -> bytes[at + 1];
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> -1;
                };
            default -> hex(bytes, at + 2);
        };
    }

    private static int hex(byte[] bytes, int from) {
        int value = 0;
        for (int at = from; at < from + 4; at++) {
            int digit = Character.digit(bytes[at] & 0xFF, 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
