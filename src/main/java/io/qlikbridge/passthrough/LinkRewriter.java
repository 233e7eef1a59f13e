package io.qlikbridge.passthrough;

import io.qlikbridge.received.JsonScan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rewrites the links of a JSON document, each {@code href} and whatever is in {@code links} at any depth, and drops those that
 * lead away, while it streams by; everything else stays byte for byte. It reads bytes as they come, wherever they are cut, and
 * holds back no more than the beginning of a link. What is not JSON passes through, unless it is JSON in another encoding.
 * Not for use by several threads.
 */
final class LinkRewriter {

    /** Longer than scheme, host and path of any link that the bridge serves, in whatever way it is escaped. */
    static final int MOST_HELD = 2_048;

    private enum Place {
        /** Between strings. */
        STRUCTURE,
        /** In the name of a member. */
        NAME,
        /** In a string that may be a link. */
        LINK,
        /** In any other string. */
        TEXT,
        /** In what is left of a link that was dropped. */
        DROPPED
    }

    private final BridgeLinks links;
    private final JsonPath path;
    private final byte[] held = new byte[MOST_HELD + 1];
    private int heldLength;

    private Place place = Place.STRUCTURE;

    /** What the string at hand is for. */
    private JsonPath.Role role = JsonPath.Role.TEXT;

    /** The last byte was a backslash that began an escape. */
    private boolean escaped;

    /** How far the bytes at hand are written. */
    private int written;

    LinkRewriter(BridgeLinks links) {
        this(links, JsonPath.Role.TEXT);
    }

    /** @param least what a string is for that is in no particular place */
    LinkRewriter(BridgeLinks links, JsonPath.Role least) {
        this.links = links;
        this.path = new JsonPath(least);
    }

    /** Takes the next bytes of the document, and writes what is decided. */
    void push(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        written = from;
        int at = from;
        while (at < to) {
            at = switch (place) {
                case STRUCTURE -> structure(bytes, at, to, out);
                case NAME -> name(bytes, at, to);
                case LINK -> link(bytes, at, to, out);
                case TEXT -> text(bytes, at, to);
                case DROPPED -> dropped(bytes, at, to);
            };
        }
        if (written < to) {
            out.write(bytes, written, to - written);
        }
    }

    /** Writes what is held back of a document that ended within a link. */
    void finish(OutputStream out) throws IOException {
        if (place == Place.LINK) {
            out.write(held, 0, heldLength);
            heldLength = 0;
            place = Place.TEXT;
        }
    }

    private int structure(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int at = from;
        while (at < to) {
            byte next = bytes[at++];
            if (next != '"') {
                structural(next);
                continue;
            }
            int end = plainEnd(bytes, at, to);
            if (end < 0) {
                role = path.role();
                place = path.isAtName() ? Place.NAME : role == JsonPath.Role.TEXT ? Place.TEXT : Place.LINK;
                return at;
            }
            if (path.isAtName()) {
                at = members(bytes, at, end, to, out);
            } else {
                value(bytes, at, end, path.role(), out);
                path.value();
                at = end + 1;
            }
        }
        return to;
    }

    private void structural(byte next) {
        switch (next) {
            case '{' -> path.open(true);
            case '[' -> path.open(false);
            case '}', ']' -> path.close();
            case ':' -> path.colon();
            case ',' -> path.comma();
            // what UTF-16 and UTF-32 have in between or in front, for readers who tell encodings by that
            case 0, (byte) 0xFE, (byte) 0xFF -> throw JsonPath.unreadable("it is not in UTF-8");
            default -> {
                // blanks, numbers and literals
            }
        }
    }

    /** A member, and those behind it that are written as most are, {@code ,"name":"text"}; what is behind the last of them. */
    private int members(byte[] bytes, int from, int nameEnd, int to, OutputStream out) throws IOException {
        int start = from;
        int end = nameEnd;
        while (true) {
            byte name = AddressName.of(bytes, start, end);
            int textEnd = isFollowed(':', bytes, end, to) ? plainEnd(bytes, end + 3, to) : -1;
            if (textEnd < 0) {
                path.named(name);
                return end + 1;
            }
            value(bytes, end + 3, textEnd, path.role(name), out);
            int nextEnd = isFollowed(',', bytes, textEnd, to) ? plainEnd(bytes, textEnd + 3, to) : -1;
            if (nextEnd < 0) {
                path.named(name);
                path.value();
                return textEnd + 1;
            }
            start = textEnd + 3;
            end = nextEnd;
        }
    }

    /** Whether between a string's end and the next string there is this alone. */
    private static boolean isFollowed(char by, byte[] bytes, int end, int to) {
        return end + 2 < to && bytes[end + 1] == by && bytes[end + 2] == '"';
    }

    /** Where a string ends that has no escape; negative if not here. */
    private static int plainEnd(byte[] bytes, int from, int to) {
        int end = JsonScan.quoteOrBackslash(bytes, from, to);
        return end < to && bytes[end] == '"' ? end : -1;
    }

    private void value(byte[] bytes, int from, int to, JsonPath.Role read, OutputStream out) throws IOException {
        if (read != JsonPath.Role.TEXT) {
            role = read;
            out.write(bytes, written, from - written);
            written = from + writeChanged(bytes, from, to, out);
        }
    }

    private int name(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (ends(bytes[at])) {
                endName();
                return at + 1;
            }
            // one that is too long stays too long
            if (heldLength <= AddressName.LONGEST) {
                held[heldLength++] = bytes[at];
            }
        }
        return to;
    }

    private void endName() {
        JsonText name = new JsonText(held, 0, heldLength);
        byte[] bytes = name.text().getBytes(StandardCharsets.ISO_8859_1);
        path.named(heldLength > AddressName.LONGEST ? JsonPath.ADDRESS : AddressName.of(bytes, 0, bytes.length));
        heldLength = 0;
        place = Place.STRUCTURE;
    }

    private int link(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (heldLength == 0 && !escaped) {
            int end = end(bytes, from, to);
            if (end < to) {
                out.write(bytes, written, from - written);
                written = from + writeChanged(bytes, from, end, out);
                endValue();
                return end + 1;
            }
        }
        return linkInPieces(bytes, from, to, out);
    }

    private int linkInPieces(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        out.write(bytes, written, from - written);
        for (int at = from; at < to; at++) {
            boolean end = ends(bytes[at]);
            if (!end) {
                held[heldLength++] = bytes[at];
            }
            if (end || heldLength > MOST_HELD) {
                int cut = writeChanged(held, 0, heldLength, out);
                out.write(held, cut, heldLength - cut);
                place = cut == heldLength && !end ? Place.DROPPED : Place.TEXT;
                heldLength = 0;
                written = end ? at : at + 1;
                if (end) {
                    endValue();
                }
                return at + 1;
            }
        }
        written = to;
        return to;
    }

    /** Writes what takes the place of a link's beginning, or of all of it; how many of its bytes that stands for. */
    private int writeChanged(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int plain = links.writePlain(bytes, from, to, out);
        if (plain > 0) {
            return plain;
        }
        JsonText text = new JsonText(bytes, from, Math.min(to, from + MOST_HELD));
        boolean whole = text.isWhole() && to - from <= MOST_HELD;
        LinkVerdict verdict = links.judge(text.text(), whole, role == JsonPath.Role.LINK);
        if (verdict == LinkVerdict.DROPPED) {
            return to - from;
        }
        out.write(verdict.replacement().getBytes(StandardCharsets.US_ASCII));
        return text.offset(verdict.end());
    }

    private int dropped(byte[] bytes, int from, int to) {
        int at = text(bytes, from, to);
        written = place == Place.STRUCTURE ? at - 1 : at;
        return at;
    }

    private int text(byte[] bytes, int from, int to) {
        int at = from;
        if (escaped) {
            escaped = false;
            at++;
        }
        int end = end(bytes, at, to);
        if (end < to) {
            endValue();
            return end + 1;
        }
        // cut behind a backslash that is not escaped itself
        escaped = end > to;
        return to;
    }

    private void endValue() {
        path.value();
        place = Place.STRUCTURE;
    }

    /** Where the string ends; {@code to} if not here, one more if the last byte begins an escape. */
    private static int end(byte[] bytes, int from, int to) {
        int at = JsonScan.quoteOrBackslash(bytes, from, to);
        while (at < to && bytes[at] == '\\') {
            at = at + 2 > to ? to + 1 : JsonScan.quoteOrBackslash(bytes, at + 2, to);
        }
        return at;
    }

    /** Whether this byte ends the string it is in. */
    private boolean ends(byte next) {
        if (escaped) {
            escaped = false;
            return false;
        }
        escaped = next == '\\';
        return next == '"';
    }
}
