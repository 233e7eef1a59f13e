package io.qlikbridge.received;

import java.util.Arrays;

/**
 * Steps through a JSON document that is there as a whole, without making anything of it. It is strict: the document is JSON as
 * RFC 8259 has it, in UTF-8, and modest in what it nests and how long its names, texts and numbers are, or it is {@link
 * Unplain}. So whoever reads the same document with a parser sees the same in it. Not for use by several threads.
 */
public final class JsonCursor {

    private static final int DEEPEST = 50;
    private static final int LONGEST_NAME = 1_024;
    private static final int LONGEST_TEXT = 32 * 1_024;
    private static final int LONGEST_NUMBER = 100;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] bytes;
    private final int to;
    private int at;

    private int start;
    private int end;
    private boolean escaped;

    public JsonCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    /** That a document is not written as is asked here. It has no stack trace: it is no failure, and shall cost nothing. */
    public static final class Unplain extends RuntimeException {

        private static final Unplain INSTANCE = new Unplain();

        private Unplain() {
            super("The document is not plain", null, false, false);
        }
    }

    /** To be thrown by whoever finds something else amiss. */
    public static Unplain unplain() {
        return Unplain.INSTANCE;
    }

    /** Takes the beginning of an object, and the name of its first member; whether it has any. */
    public boolean firstMember() {
        take((byte) '{');
        if (takes((byte) '}')) {
            return false;
        }
        name();
        return true;
    }

    /** Takes the name of the next member, or the end of the object when there is none. */
    public boolean nextMember() {
        if (takes((byte) ',')) {
            name();
            return true;
        }
        take((byte) '}');
        return false;
    }

    /** Takes the beginning of an array; whether it has elements. */
    public boolean firstElement() {
        take((byte) '[');
        return !takes((byte) ']');
    }

    /** Takes what is before the next element, or the end of the array when there is none. */
    public boolean nextElement() {
        if (takes((byte) ',')) {
            return true;
        }
        take((byte) ']');
        return false;
    }

    private void name() {
        string();
        // an escaped one may be any other
        if (escaped || end - start > LONGEST_NAME) {
            throw Unplain.INSTANCE;
        }
        take((byte) ':');
    }

    /** Takes a text. */
    public void string() {
        take((byte) '"');
        start = at;
        escaped = false;
        for (at = JsonScan.unplain(bytes, at, to); at() != '"'; at = JsonScan.unplain(bytes, at, to)) {
            if (bytes[at] == '\\') {
                escape();
            } else {
                letter();
            }
        }
        end = at++;
        if (end - start > LONGEST_TEXT) {
            throw Unplain.INSTANCE;
        }
    }

    /** Where the last name or text begins, behind its quote. */
    public int start() {
        return start;
    }

    /** Where its last quote is. */
    public int end() {
        return end;
    }

    /** Whether something in it is escaped. */
    public boolean isEscaped() {
        return escaped;
    }

    /** Whether it is this, byte for byte. */
    public boolean is(byte[] name) {
        return Arrays.equals(bytes, start, end, name, 0, name.length);
    }

    /** The first byte of what comes next, behind any blanks. */
    public byte next() {
        skipBlanks();
        return at();
    }

    private void skipBlanks() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Takes {@code null}. */
    public void nothing() {
        literal(NULL);
    }

    /** Takes any value. */
    public void skip() {
        skip(0);
    }

    /** That nothing but blanks is left. */
    public void finish() {
        skipBlanks();
        if (at < to) {
            throw Unplain.INSTANCE;
        }
    }

    private void skip(int depth) {
        switch (next()) {
            case '"' -> string();
            case '{' -> skipObject(depth + 1);
            case '[' -> skipArray(depth + 1);
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
    }

    private void skipObject(int depth) {
        if (depth > DEEPEST) {
            throw Unplain.INSTANCE;
        }
        for (boolean more = firstMember(); more; more = nextMember()) {
            skip(depth);
        }
    }

    private void skipArray(int depth) {
        if (depth > DEEPEST) {
            throw Unplain.INSTANCE;
        }
        for (boolean more = firstElement(); more; more = nextElement()) {
            skip(depth);
        }
    }

    private void literal(byte[] literal) {
        next();
        if (at + literal.length > to || !Arrays.equals(bytes, at, at + literal.length, literal, 0, literal.length)) {
            throw Unplain.INSTANCE;
        }
        at += literal.length;
    }

    private void number() {
        int first = at;
        at += at() == '-' ? 1 : 0;
        if (at() == '0') {
            at++;
        } else {
            digits();
        }
        if (at() == '.') {
            at++;
            digits();
        }
        if ((at() | 0x20) == 'e') {
            at++;
            at += at() == '-' || at() == '+' ? 1 : 0;
            digits();
        }
        if (at - first > LONGEST_NUMBER) {
            throw Unplain.INSTANCE;
        }
    }

    private void digits() {
        int first = at;
        while (isDigit(at())) {
            at++;
        }
        if (at == first) {
            throw Unplain.INSTANCE;
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private void escape() {
        escaped = true;
        at++;
        switch (at()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int digit = 0; digit < 4; digit++, at++) {
                    if (Character.digit(at(), 16) < 0) {
                        throw Unplain.INSTANCE;
                    }
                }
            }
            default -> throw Unplain.INSTANCE;
        }
    }

    /** A letter beyond ASCII, in the shortest form and no surrogate (RFC 3629, section 4). */
    private void letter() {
        int lead = at() & 0xFF;
        int second = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int last = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int more = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if (more == 0) {
            throw Unplain.INSTANCE;
        }
        at++;
        continuation(second, last);
        for (int count = 1; count < more; count++) {
            continuation(0x80, 0xBF);
        }
    }

    private void continuation(int least, int most) {
        int value = at() & 0xFF;
        if (value < least || value > most) {
            throw Unplain.INSTANCE;
        }
        at++;
    }

    private void take(byte wanted) {
        if (!takes(wanted)) {
            throw Unplain.INSTANCE;
        }
    }

    private boolean takes(byte wanted) {
        if (next() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private byte at() {
        if (at >= to) {
            throw Unplain.INSTANCE;
        }
        return bytes[at];
    }
}
