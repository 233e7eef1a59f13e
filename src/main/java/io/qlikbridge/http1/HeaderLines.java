package io.qlikbridge.http1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a message, where they stand in its bytes (RFC 9112, section 5). Only what is written in the one way that everybody
 * reads alike is taken: lines end with CRLF, a name is a token with its colon directly behind it, no line is folded, and a value has no
 * control characters but tabs.
 */
public final class HeaderLines {

    private static final int MOST = 100;
    private static final int FIELDS = 4;
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char character = 'a'; character <= 'z'; character++) {
            TOKEN[character] = true;
            TOKEN[Character.toUpperCase(character)] = true;
        }
        for (char character : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[character] = true;
        }
    }

    private final byte[] bytes;
    private int[] places = new int[16 * FIELDS];
    private int count;
    private boolean ascii = true;

    private HeaderLines(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param from where the first line begins
     * @param to behind the CRLF of the last line, where that of the empty line begins
     * @return {@code null} for lines that are not written so, or more than a hundred
     */
    static @Nullable HeaderLines read(byte[] bytes, int from, int to) {
        HeaderLines lines = new HeaderLines(bytes);
        int at = from;
        while (at < to) {
            at = lines.count == MOST ? -1 : lines.readLine(at, to);
            if (at < 0) {
                return null;
            }
        }
        return lines;
    }

    /** @return where the next line begins; -1 for a malformed one */
    private int readLine(int from, int to) {
        int colon = from;
        while (colon < to && isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            return -1;
        }
        int end = colon + 1;
        while (end < to && bytes[end] != '\r') {
            byte next = bytes[end++];
            if (next < ' ' && next >= 0 && next != '\t' || next == 127) {
                return -1;
            }
            ascii &= next >= 0;
        }
        if (end + 1 >= to || bytes[end + 1] != '\n') {
            return -1;
        }
        add(from, colon, firstOfValue(colon + 1, end), end);
        return end + 2;
    }

    private int firstOfValue(int from, int end) {
        int at = from;
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private void add(int nameFrom, int nameTo, int valueFrom, int end) {
        int valueTo = end;
        while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) {
            valueTo--;
        }
        int at = count * FIELDS;
        if (at == places.length) {
            places = Arrays.copyOf(places, at * 2);
        }
        places[at] = nameFrom;
        places[at + 1] = nameTo;
        places[at + 2] = valueFrom;
        places[at + 3] = valueTo;
        count++;
    }

    /** Whether all values are in ASCII. */
    public boolean isAscii() {
        return ascii;
    }

    /** How many lines have this name, in whatever case. */
    public int count(String name) {
        int found = 0;
        for (int line = 0; line < count; line++) {
            if (isNamed(line, name)) {
                found++;
            }
        }
        return found;
    }

    /** The value of the first line of this name; {@code null} where there is none. */
    public @Nullable String first(String name) {
        for (int line = 0; line < count; line++) {
            if (isNamed(line, name)) {
                return value(line);
            }
        }
        return null;
    }

    /** The values of all lines of this name. */
    public List<String> all(String name) {
        List<String> values = List.of();
        for (int line = 0; line < count; line++) {
            if (isNamed(line, name)) {
                if (values.isEmpty()) {
                    values = new ArrayList<>(1);
                }
                values.add(value(line));
            }
        }
        return values;
    }

    /** Whether a header that is a list has this among its tokens, in whatever case (RFC 9110, section 5.6.1). */
    public boolean lists(String name, String token) {
        for (String value : all(name)) {
            for (String one : value.split(",")) {
                if (one.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All lines, in their order, each by its name and its value. */
    public void forEach(BiConsumer<String, String> line) {
        for (int at = 0; at < count; at++) {
            int from = places[at * FIELDS];
            line.accept(new String(bytes, from, places[at * FIELDS + 1] - from, StandardCharsets.US_ASCII), value(at));
        }
    }

    private String value(int line) {
        int from = places[line * FIELDS + 2];
        return new String(bytes, from, places[line * FIELDS + 3] - from, StandardCharsets.ISO_8859_1);
    }

    private boolean isNamed(int line, String name) {
        int from = places[line * FIELDS];
        if (places[line * FIELDS + 1] - from != name.length()) {
            return false;
        }
        for (int at = 0; at < name.length(); at++) {
            if (!sameLetter(bytes[from + at], name.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameLetter(int one, int other) {
        return one == other || (one ^ other) == 0x20 && (one | 0x20) >= 'a' && (one | 0x20) <= 'z';
    }

    static boolean isToken(byte character) {
        return character >= 0 && TOKEN[character];
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }
}
