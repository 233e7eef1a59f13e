package io.qlikbridge.apps;

import java.util.Arrays;

/** Where in a JSON document we are, as far as it matters for {@code links.*.href}. Takes malformed documents as well. */
final class JsonPath {

    /** What nests deeper is no document of Qlik's, and is not looked into. */
    private static final int DEEPEST = 1_024;

    /** The container is an object, else an array. */
    private static final byte OBJECT = 1;

    /** It is the value of a member {@code links}. */
    private static final byte LINKS = 2;

    /** It is a member, or an element, of such a value. */
    private static final byte LINK = 4;

    private enum Next {
        NAME,
        COLON,
        VALUE,
        COMMA
    }

    private enum Name {
        LINKS,
        HREF,
        OTHER
    }

    private byte[] containers = new byte[32];
    private int depth;

    /** How many containers are open beyond the deepest. */
    private long beyond;

    private byte container;
    private Next next = Next.VALUE;
    private Name name = Name.OTHER;

    boolean isAtName() {
        return next == Next.NAME;
    }

    /** Whether a string that begins here is the address of a link. */
    boolean isAtLink() {
        return next == Next.VALUE && name == Name.HREF && (container & LINK) != 0;
    }

    /** A member has this name. */
    void named(byte[] bytes, int from, int to) {
        next = Next.COLON;
        name = Name.OTHER;
        int length = to - from;
        if (length == 5
                && bytes[from] == 'l'
                && bytes[from + 1] == 'i'
                && bytes[from + 2] == 'n'
                && bytes[from + 3] == 'k'
                && bytes[from + 4] == 's') {
            name = Name.LINKS;
        } else if (length == 4
                && bytes[from] == 'h'
                && bytes[from + 1] == 'r'
                && bytes[from + 2] == 'e'
                && bytes[from + 3] == 'f') {
            name = Name.HREF;
        }
    }

    void colon() {
        if (next == Next.COLON) {
            next = Next.VALUE;
        }
    }

    /** A string that is no name has ended. */
    void value() {
        next = Next.COMMA;
    }

    void comma() {
        name = Name.OTHER;
        if (beyond == 0) {
            next = (container & OBJECT) != 0 ? Next.NAME : Next.VALUE;
        }
    }

    void open(boolean object) {
        if (depth == DEEPEST) {
            beyond++;
            next = Next.COMMA;
            return;
        }
        if (depth == containers.length) {
            containers = Arrays.copyOf(containers, depth * 2);
        }
        containers[depth++] = container;
        byte opened = object ? OBJECT : 0;
        if (next == Next.VALUE && name == Name.LINKS) {
            opened |= LINKS;
        }
        if ((container & LINKS) != 0) {
            opened |= LINK;
        }
        container = opened;
        name = Name.OTHER;
        next = object ? Next.NAME : Next.VALUE;
    }

    void close() {
        next = Next.COMMA;
        name = Name.OTHER;
        if (beyond > 0) {
            beyond--;
        } else if (depth > 0) {
            container = containers[--depth];
        }
    }
}
