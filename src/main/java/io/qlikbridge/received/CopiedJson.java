package io.qlikbridge.received;

import java.util.Arrays;

/**
 * JSON that is put together of texts as they came as JSON, which are written as the application's own mapper would write them:
 * escaped is what has to be, and nothing else. Not for use by several threads.
 */
public final class CopiedJson {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private byte[] bytes;
    private int length;

    /** @param room for so many bytes, and more when it takes more */
    public CopiedJson(int room) {
        this.bytes = new byte[room];
    }

    /** What is written, and perhaps more behind it. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Adds bytes as they are. */
    public void add(byte[] json) {
        add(json, 0, json.length);
    }

    public void add(byte[] json, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
    }

    /**
     * Adds a text in which something is escaped, without quotes.
     *
     * @param json what {@link JsonCursor} took for a text
     * @throws JsonCursor.Unplain of half a surrogate pair, which no text in UTF-8 can have
     */
    public void addUnescaped(byte[] json, int from, int to) {
        // nothing is longer than the way it was escaped
        makeRoom(to - from);
        int at = from;
        while (at < to) {
            byte next = json[at];
            if (next != '\\') {
                bytes[length++] = next;
                at++;
            } else if (json[at + 1] != 'u') {
                addShort(json[at + 1]);
                at += 2;
            } else {
                int unit = hex(json, at + 2);
                at += 6;
                if (Character.isHighSurrogate((char) unit)) {
                    addPair((char) unit, json, at, to);
                    at += 6;
                } else {
                    addCharacter(unit);
                }
            }
        }
    }

    private void addShort(byte letter) {
        if (letter != '/') {
            bytes[length++] = '\\';
        }
        bytes[length++] = letter;
    }

    private void addPair(char high, byte[] json, int at, int to) {
        if (at + 6 > to || json[at] != '\\' || json[at + 1] != 'u') {
            throw JsonCursor.unplain();
        }
        char low = (char) hex(json, at + 2);
        if (!Character.isLowSurrogate(low)) {
            throw JsonCursor.unplain();
        }
        addCharacter(Character.toCodePoint(high, low));
    }

    private void addCharacter(int character) {
        if (character < ' ') {
            addControl(character);
        } else if (character < 0x80) {
            if (character == '"' || character == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = (byte) character;
        } else if (character < 0x800) {
            bytes[length++] = (byte) (0xC0 | character >> 6);
            addLast(character, 0);
        } else if (character < 0x10000) {
            if (Character.isSurrogate((char) character)) {
                throw JsonCursor.unplain();
            }
            bytes[length++] = (byte) (0xE0 | character >> 12);
            addLast(character, 6);
        } else {
            bytes[length++] = (byte) (0xF0 | character >> 18);
            addLast(character, 12);
        }
    }

    /** Six bits a byte. */
    private void addLast(int character, int first) {
        for (int shift = first; shift >= 0; shift -= 6) {
            bytes[length++] = (byte) (0x80 | character >> shift & 0x3F);
        }
    }

    private void addControl(int character) {
        bytes[length++] = '\\';
        switch (character) {
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[character >> 4];
                bytes[length++] = HEX[character & 15];
            }
        }
    }

    private static int hex(byte[] json, int from) {
        int value = 0;
        for (int at = from; at < from + 4; at++) {
            value = value * 16 + Character.digit(json[at], 16);
        }
        return value;
    }

    private void makeRoom(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
