package io.qlikbridge.passthrough;

import io.qlikbridge.problem.BridgeException;
import java.util.Arrays;

/** The places of a document as {@link PlainLinkRewriter} sees them. */
final class PlainJsonPath {

    /** What nests deeper is no document of Qlik's. */
    private static final int DEEPEST = 1_024;

    /** The container is an object, else an array. */
    private static final byte OBJECT = 1;

    /** It is the value of a member {@code links} or {@code href}: what is in it, without a name that says more, is a link. */
    private static final byte LINKS = 2;

    /** Strings in it may be addresses: below {@code links}, or in an array that has an address's name. */
    private static final byte ADDRESSES = 4;

    private enum Next {
        NAME,
        COLON,
        VALUE,
        COMMA
    }

    /** The role of strings that are in no particular place. */
    private final JsonPath.Role least;

    private byte[] containers = new byte[32];
    private int depth;
    private byte container;
    private Next next = Next.VALUE;
    private PlainAddressName name = PlainAddressName.OTHER;

    PlainJsonPath(JsonPath.Role least) {
        this.least = least;
    }

    boolean isAtName() {
        return next == Next.NAME;
    }

    /** What a string that begins here is for. */
    JsonPath.Role role() {
        if (next != Next.VALUE) {
            return JsonPath.Role.TEXT;
        }
        boolean inLinks = (container & LINKS) != 0;
        if (name == PlainAddressName.HREF || name == PlainAddressName.LINKS || inLinks) {
            return JsonPath.Role.LINK;
        }
        return name == PlainAddressName.ADDRESS || (container & ADDRESSES) != 0 ? JsonPath.Role.ADDRESS : least;
    }

    /** A member has this name. */
    void named(PlainAddressName read) {
        next = Next.COLON;
        name = read;
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
        name = PlainAddressName.OTHER;
        next = (container & OBJECT) != 0 ? Next.NAME : Next.VALUE;
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
        name = PlainAddressName.OTHER;
        next = object ? Next.NAME : Next.VALUE;
    }

    private byte opened(boolean object) {
        byte opened = object ? OBJECT : 0;
        boolean isLinks = next == Next.VALUE && (name == PlainAddressName.LINKS || name == PlainAddressName.HREF);
        boolean inLinks = (container & LINKS) != 0;
        if (isLinks || inLinks && !object) {
            opened |= LINKS;
        }
        if (inLinks || (container & ADDRESSES) != 0 || !object && name == PlainAddressName.ADDRESS) {
            opened |= ADDRESSES;
        }
        return opened;
    }

    void close() {
        next = Next.COMMA;
        name = PlainAddressName.OTHER;
        if (depth > 0) {
            container = containers[--depth];
        }
    }

    static BridgeException unreadable(String why) {
        return PassedAnswer.unreadable(why);
    }
}
