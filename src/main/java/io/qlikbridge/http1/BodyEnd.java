package io.qlikbridge.http1;

import org.jspecify.annotations.Nullable;

/**
 * Follows a body to its end, wherever it is cut on its way (RFC 9112, sections 6 and 7.1). Of chunked ones only what everybody reads alike
 * is taken: CRLF behind sizes and chunks, no blanks around a size, extensions and trailers of a kilobyte at most. For one body.
 */
public final class BodyEnd {

    /** Gets the content of a body, without the marks of chunks. */
    public interface Content {

        void piece(byte[] bytes, int from, int to);
    }

    private static final int MOST_DIGITS = 15;
    private static final int MOST_EXTRA = 1_024;

    private enum Place {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        /** At the beginning of a line behind the last chunk. */
        TRAILER,
        IN_TRAILER,
        TRAILER_LF,
        LAST_LF,
        END,
        MALFORMED
    }

    private Place place;
    private final boolean chunked;
    private long left;
    private int digits;
    private int extra;

    private BodyEnd(Place place, boolean chunked, long left) {
        this.place = place;
        this.chunked = chunked;
        this.left = left;
    }

    public static BodyEnd of(Framing framing) {
        return switch (framing.kind()) {
            case NO_BODY -> new BodyEnd(Place.END, false, 0);
            case LENGTH -> new BodyEnd(Place.DATA, false, framing.length());
            case CHUNKED -> new BodyEnd(Place.SIZE, true, 0);
            case UNTIL_CLOSE -> new BodyEnd(Place.DATA, false, Long.MAX_VALUE);
        };
    }

    public boolean isReached() {
        return place == Place.END;
    }

    public boolean isMalformed() {
        return place == Place.MALFORMED;
    }

    /**
     * Goes on through what has come in.
     *
     * @param content gets the content; {@code null} for who wants the bytes as they are
     * @return behind the last byte of the body, or of what is here of it; at a malformed byte, where that is
     */
    public int follow(byte[] bytes, int from, int to, @Nullable Content content) {
        int at = from;
        while (at < to && place != Place.END && place != Place.MALFORMED) {
            if (place == Place.DATA) {
                int length = (int) Math.min(left, to - at);
                if (content != null && length > 0) {
                    content.piece(bytes, at, at + length);
                }
                left -= length;
                at += length;
                if (left == 0) {
                    place = chunked ? Place.DATA_CR : Place.END;
                }
            } else {
                place = next(bytes[at]);
                if (place != Place.MALFORMED) {
                    at++;
                }
            }
        }
        return at;
    }

    private Place next(byte here) {
        return switch (place) {
            case SIZE -> size(here);
            case EXTENSION -> here == '\r' ? Place.SIZE_LF : extra(here, Place.EXTENSION);
            case SIZE_LF -> here != '\n' ? Place.MALFORMED : left == 0 ? Place.TRAILER : Place.DATA;
            case DATA_CR -> here == '\r' ? Place.DATA_LF : Place.MALFORMED;
            case DATA_LF -> {
                digits = 0;
                yield here == '\n' ? Place.SIZE : Place.MALFORMED;
            }
            case TRAILER -> here == '\r' ? Place.LAST_LF : extra(here, Place.IN_TRAILER);
            case IN_TRAILER -> here == '\r' ? Place.TRAILER_LF : extra(here, Place.IN_TRAILER);
            case TRAILER_LF -> here == '\n' ? Place.TRAILER : Place.MALFORMED;
            case LAST_LF -> here == '\n' ? Place.END : Place.MALFORMED;
            case DATA, END, MALFORMED -> Place.MALFORMED;
        };
    }

    private Place size(byte here) {
        int digit = Character.digit(here, 16);
        if (digit >= 0 && digits < MOST_DIGITS) {
            left = digits == 0 ? digit : left * 16 + digit;
            digits++;
            return Place.SIZE;
        }
        if (digits == 0) {
            return Place.MALFORMED;
        }
        return switch (here) {
            case '\r' -> Place.SIZE_LF;
            case ';' -> extra(here, Place.EXTENSION);
            default -> Place.MALFORMED;
        };
    }

    private Place extra(byte here, Place next) {
        extra++;
        boolean plain = here >= ' ' && here != 127 || here == '\t';
        return plain && extra <= MOST_EXTRA ? next : Place.MALFORMED;
    }
}
