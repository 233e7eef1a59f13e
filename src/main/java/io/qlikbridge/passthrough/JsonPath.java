package io.qlikbridge.passthrough;

import io.qlikbridge.problem.BridgeException;
import java.util.Arrays;

/** Where in a JSON document we are, as far as it matters for addresses. Takes malformed documents as well. */
final class JsonPath {

    /** What nests deeper is no document of Qlik's. */
    private static final int DEEPEST = 1_024;

    /** The container is an object, else an array. */
    private static final byte OBJECT = 1;

    /** Of a name or a container: {@code links} or {@code href}; what is in it, without a name that says more, is a link. */
    static final byte LINK = 2;

    /** Of a name or a container: strings in it may be addresses, as below {@code links}, or where the name is an address's. */
    static final byte ADDRESS = 4;

    /** What a string is for. */
    enum Role {
        TEXT,
        /** An address, or a text that could be taken for one. */
        ADDRESS,
        /** A link, whatever it looks like. */
        LINK
    }

    // What comes next. No enum, as what is written here so often is: the collector's barrier at each would cost more
    // than
    // all the rest.
    private static final byte NAME = 0;
    private static final byte COLON = 1;
    private static final byte VALUE = 2;
    private static final byte COMMA = 3;

    /** The role of strings that are in no particular place. */
    private final Role least;

    private byte[] containers = new byte[32];
    private int depth;
    private byte container;
    private byte next = VALUE;

    /** What the last name says of its value: {@link #LINK}, {@link #ADDRESS} or nothing. */
    private byte name;

    JsonPath(Role least) {
        this.least = least;
    }

    boolean isAtName() {
        return next == NAME;
    }

    /** What a string that begins here is for. */
    Role role() {
        return next == VALUE ? role(name) : Role.TEXT;
    }

    /** What a string is for that is the value of such a name. */
    Role role(byte read) {
        int said = container | read;
        if ((said & (LINK | ADDRESS)) == 0) {
            return least;
        }
        return (said & LINK) != 0 ? Role.LINK : Role.ADDRESS;
    }

    /** A member has a name that says this of its value. */
    void named(byte read) {
        next = COLON;
        name = read;
    }

    void colon() {
        if (next == COLON) {
            next = VALUE;
        }
    }

    /** A string that is no name has ended. */
    void value() {
        next = COMMA;
    }

    void comma() {
        name = 0;
        next = (container & OBJECT) != 0 ? NAME : VALUE;
    }

    void open(boolean object) {
        if (depth == DEEPEST) {
            throw unreadable("it nests deeper than " + DEEPEST + " levels");
        }
        if (depth == containers.length) {
            containers = Arrays.copyOf(containers, depth * 2);
        }
        containers[depth++] = container;
        container = opened(object);
        name = 0;
        next = object ? NAME : VALUE;
    }

    private byte opened(boolean object) {
        byte opened = object ? OBJECT : 0;
        boolean isLink = next == VALUE && (name & LINK) != 0;
        boolean inLink = (container & LINK) != 0;
        if (isLink || inLink && !object) {
            opened |= LINK;
        }
        if (inLink || (container & ADDRESS) != 0 || !object && (name & ADDRESS) != 0) {
            opened |= ADDRESS;
        }
        return opened;
    }

    void close() {
        next = COMMA;
        name = 0;
        if (depth > 0) {
            container = containers[--depth];
        }
    }

    static BridgeException unreadable(String why) {
        return PassedAnswer.unreadable(why);
    }
}
