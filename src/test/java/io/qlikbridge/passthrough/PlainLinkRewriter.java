package io.qlikbridge.passthrough;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What {@link LinkRewriter} does, byte after byte: slow, and what the quick one is compared with. Where they differ, one of
 * them is wrong.
 */
final class PlainLinkRewriter {

    private static final int MOST_HELD = LinkRewriter.MOST_HELD;

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
    private final PlainJsonPath path;
    private final byte[] held = new byte[MOST_HELD + 1];
    private int heldLength;

    private Place place = Place.STRUCTURE;

    /** What the string at hand is for. */
    private JsonPath.Role role = JsonPath.Role.TEXT;

    /** The last byte was a backslash that began an escape. */
    private boolean escaped;

    /** How far the bytes at hand are written. */
    private int written;

    PlainLinkRewriter(BridgeLinks links) {
        this(links, JsonPath.Role.TEXT);
    }

    /** @param least what a string is for that is in no particular place */
    PlainLinkRewriter(BridgeLinks links, JsonPath.Role least) {
        this.links = links;
        this.path = new PlainJsonPath(least);
    }

    /** Takes the next bytes of the document, and writes what is decided. */
    void push(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        written = from;
        int at = from;
        while (at < to) {
            at = switch (place) {
                case STRUCTURE -> structure(bytes, at, to);
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

    private int structure(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            switch (bytes[at]) {
                case '"' -> {
                    role = path.role();
                    place = path.isAtName() ? Place.NAME : role == JsonPath.Role.TEXT ? Place.TEXT : Place.LINK;
                    return at + 1;
                }
                case '{' -> path.open(true);
                case '[' -> path.open(false);
                case '}', ']' -> path.close();
                case ':' -> path.colon();
                case ',' -> path.comma();
                // what UTF-16 and UTF-32 have in between or in front, for readers who tell encodings by that
                case 0, (byte) 0xFE, (byte) 0xFF -> throw PlainJsonPath.unreadable("it is not in UTF-8");
                default -> {
                    // blanks, numbers and literals
                }
            }
        }
        return to;
    }

    private int name(byte[] bytes, int from, int to) {
        int end = quoteOrBackslash(bytes, from, to);
        if (heldLength == 0 && !escaped && end < to && bytes[end] == '"') {
            path.named(PlainAddressName.of(bytes, from, end));
            place = Place.STRUCTURE;
            return end + 1;
        }
        for (int at = from; at < to; at++) {
            if (ends(bytes[at])) {
                endName();
                return at + 1;
            }
            // one that is too long stays too long
            if (heldLength <= PlainAddressName.LONGEST) {
                held[heldLength++] = bytes[at];
            }
        }
        return to;
    }

    private void endName() {
        JsonText name = new JsonText(held, 0, heldLength);
        byte[] bytes = name.text().getBytes(StandardCharsets.ISO_8859_1);
        path.named(
                heldLength > PlainAddressName.LONGEST
                        ? PlainAddressName.ADDRESS
                        : PlainAddressName.of(bytes, 0, bytes.length));
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
        int at = quoteOrBackslash(bytes, from, to);
        while (at < to && bytes[at] == '\\') {
            at = at + 2 > to ? to + 1 : quoteOrBackslash(bytes, at + 2, to);
        }
        return at;
    }

    /** Where the next one is; {@code to} if nowhere before. */
    private static int quoteOrBackslash(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
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
