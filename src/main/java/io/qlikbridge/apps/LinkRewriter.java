package io.qlikbridge.apps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rewrites the links of a JSON document, each {@code links.*.href} at any depth, while it streams by; everything else stays
 * byte for byte. It reads bytes as they come, wherever they are cut, and holds back no more than the beginning of a link.
 * What is not JSON passes through. Not for use by several threads.
 */
final class LinkRewriter {

    /** Longer than scheme and host of any link, in whatever way it is escaped. */
    static final int MOST_HELD = 2_048;

    /** Longer than the names we look for, in whatever way they are escaped. */
    private static final int LONGEST_NAME = 32;

    private enum Place {
        /** Between strings. */
        STRUCTURE,
        /** In the name of a member. */
        NAME,
        /** In a string that may be a link. */
        LINK,
        /** In any other string. */
        TEXT
    }

    private final BridgeLinks links;
    private final JsonPath path = new JsonPath();
    private final byte[] held = new byte[MOST_HELD];
    private int heldLength;

    private Place place = Place.STRUCTURE;

    /** The last byte was a backslash that began an escape. */
    private boolean escaped;

    /** How far the bytes at hand are written. */
    private int written;

    LinkRewriter(BridgeLinks links) {
        this.links = links;
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
                    place = path.isAtName() ? Place.NAME : path.isAtLink() ? Place.LINK : Place.TEXT;
                    return at + 1;
                }
                case '{' -> path.open(true);
                case '[' -> path.open(false);
                case '}', ']' -> path.close();
                case ':' -> path.colon();
                case ',' -> path.comma();
                default -> {
                    // blanks, numbers and literals
                }
            }
        }
        return to;
    }

    private int name(byte[] bytes, int from, int to) {
        int end = QuoteSearch.next(bytes, from, to);
        if (heldLength == 0 && !escaped && end < to && bytes[end] == '"') {
            path.named(bytes, from, end);
            place = Place.STRUCTURE;
            return end + 1;
        }
        for (int at = from; at < to; at++) {
            if (ends(bytes[at])) {
                endName();
                return at + 1;
            }
            // one that is too long stays too long
            if (heldLength <= LONGEST_NAME) {
                held[heldLength++] = bytes[at];
            }
        }
        return to;
    }

    private void endName() {
        JsonText name = new JsonText(held, 0, heldLength);
        byte[] bytes = name.text().getBytes(StandardCharsets.ISO_8859_1);
        path.named(bytes, 0, name.isWhole() && heldLength <= LONGEST_NAME ? bytes.length : 0);
        heldLength = 0;
        place = Place.STRUCTURE;
    }

    private int link(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (heldLength == 0 && !escaped) {
            int end = end(bytes, from, to);
            if (end < to) {
                out.write(bytes, written, from - written);
                written = from + writeChanged(bytes, from, end, true, out);
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
            if (end || heldLength == MOST_HELD) {
                int cut = writeChanged(held, 0, heldLength, end, out);
                out.write(held, cut, heldLength - cut);
                heldLength = 0;
                written = at;
                place = Place.TEXT;
                if (end) {
                    endValue();
                }
                return at + 1;
            }
            held[heldLength++] = bytes[at];
        }
        written = to;
        return to;
    }

    /** Writes what takes the place of a link's beginning; how many of its bytes that stands for. */
    private int writeChanged(byte[] bytes, int from, int to, boolean whole, OutputStream out) throws IOException {
        int plain = links.writePlain(bytes, from, to, out);
        if (plain > 0) {
            return plain;
        }
        JsonText text = new JsonText(bytes, from, to);
        BridgeLinks.Change change = links.change(text.text(), whole && text.isWhole());
        if (change == null) {
            return 0;
        }
        out.write(change.replacement().getBytes(StandardCharsets.US_ASCII));
        return text.offset(change.end());
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
        int at = QuoteSearch.next(bytes, from, to);
        while (at < to && bytes[at] == '\\') {
            at = at + 2 > to ? to + 1 : QuoteSearch.next(bytes, at + 2, to);
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
