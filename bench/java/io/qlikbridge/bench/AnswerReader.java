package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads HTTP/1.1 answers as far as a measurement needs: the status, the length of the body, and where it ends. */
final class AnswerReader {

    private enum Place {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private Place place = Place.HEAD;
    private int status;
    private boolean last;
    private long length;
    private long remaining;
    private int lineLength;

    void reset() {
        place = Place.HEAD;
        status = 0;
        last = false;
        length = 0;
        remaining = 0;
        lineLength = 0;
    }

    int status() {
        return status;
    }

    /** How many bytes the body had. */
    long length() {
        return length;
    }

    /** Whether nothing comes behind it on the same connection. */
    boolean isLast() {
        return last;
    }

    boolean isDone() {
        return place == Place.DONE;
    }

    /** @return how many of the bytes it took; a head that is not whole is left for the next time */
    int read(byte[] bytes, int to) {
        int at = 0;
        if (place == Place.HEAD) {
            at = head(bytes, to);
        }
        while (at < to && place != Place.DONE) {
            at = switch (place) {
                case HEAD -> throw new IllegalStateException("an answer within an answer");
                case BODY, CHUNK -> data(at, to);
                default -> line(bytes[at], at);
            };
        }
        return at;
    }

    private int head(byte[] bytes, int to) {
        int end = -1;
        for (int at = 3; at < to && end < 0; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                end = at + 1;
            }
        }
        if (end < 0) {
            return 0;
        }
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        status = Integer.parseInt(head.substring(9, 12));
        last = head.contains("\nconnection: close");
        if (head.contains("\ntransfer-encoding: chunked")) {
            place = Place.CHUNK_SIZE;
            remaining = 0;
        } else {
            int name = head.indexOf("\ncontent-length: ");
            remaining = name < 0
                    ? 0
                    : Long.parseLong(
                            head.substring(name + 17, head.indexOf('\r', name)).strip());
            place = remaining == 0 ? Place.DONE : Place.BODY;
        }
        return end;
    }

    private int data(int at, int to) {
        int taken = (int) Math.min(remaining, to - at);
        remaining -= taken;
        length += taken;
        if (remaining == 0) {
            place = place == Place.BODY ? Place.DONE : Place.CHUNK_END;
        }
        return at + taken;
    }

    private int line(byte next, int at) {
        if (next != '\n') {
            if (next != '\r') {
                lineLength++;
                if (place == Place.CHUNK_SIZE) {
                    remaining = remaining * 16 + Character.digit(next, 16);
                }
            }
            return at + 1;
        }
        place = switch (place) {
            case CHUNK_SIZE -> remaining == 0 ? Place.TRAILER : Place.CHUNK;
            case CHUNK_END -> Place.CHUNK_SIZE;
            default -> lineLength == 0 ? Place.DONE : Place.TRAILER;
        };
        lineLength = 0;
        return at + 1;
    }
}
