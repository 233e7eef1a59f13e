package io.qlikbridge.http1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Follows the answers on a connection, one after the other, wherever they are cut on their way. For one connection and one thread. */
public final class AnswerFollower {

    /** Hears what comes. */
    public interface Listener extends BodyEnd.Content {

        /** An answer begins. What it has of the bytes is its own. Not told of interim ones (RFC 9110, section 15.2). */
        void begun(AnswerHead answer);

        /** Bytes of its body, without the marks of chunks. */
        @Override
        default void piece(byte[] bytes, int from, int to) {
            // for who passes the bytes on as they are
        }

        /** @param nothingBehind whether nothing came behind it */
        void ended(AnswerHead answer, boolean nothingBehind);

        /** This is no answer, or no body of one. */
        void malformed();

        /** Whether nothing more is to be told. */
        boolean isOver();
    }

    /** More than the edge of Qlik Cloud lets through. */
    private static final int LONGEST_HEAD = 64 * 1024;

    private static final byte[] NOTHING = {};

    private String method = "GET";
    private byte[] head = NOTHING;
    private @Nullable AnswerHead answer;
    private @Nullable BodyEnd body;

    /** Another request was made: an answer to HEAD has no body. */
    public void asked(String by) {
        method = by;
    }

    /** The answer that is under way; {@code null} between two, and before the head is whole. */
    public @Nullable AnswerHead answer() {
        return answer;
    }

    /** Goes on through what has come in. */
    public void follow(byte[] bytes, int from, int to, Listener listener) {
        int at = from;
        while (at < to && !listener.isOver()) {
            BodyEnd under = body;
            at = under == null ? followHead(bytes, at, to, listener) : followBody(under, bytes, at, to, listener);
        }
    }

    private int followBody(BodyEnd under, byte[] bytes, int from, int to, Listener listener) {
        int at = under.follow(bytes, from, to, listener);
        if (under.isMalformed()) {
            listener.malformed();
            return to;
        }
        if (under.isReached()) {
            end(at == to, listener);
        }
        return at;
    }

    private int followHead(byte[] bytes, int from, int to, Listener listener) {
        int known = head.length;
        byte[] all = bytes;
        int start = from;
        int stop = to;
        if (known > 0) {
            all = Arrays.copyOf(head, known + to - from);
            System.arraycopy(bytes, from, all, known, to - from);
            start = 0;
            stop = all.length;
        }
        int end = Heads.end(all, Math.max(start, start + known - 3), stop);
        if (end < 0) {
            head = known > 0 ? all : Arrays.copyOfRange(bytes, from, to);
            if (head.length > LONGEST_HEAD) {
                listener.malformed();
            }
            return to;
        }
        head = NOTHING;
        // kept for as long as the answer, while the bytes at hand are used again
        AnswerHead read = AnswerHead.read(Arrays.copyOfRange(all, start, end), 0, end - start, method);
        if (read == null) {
            listener.malformed();
            return to;
        }
        int at = known > 0 ? from + end - known : end;
        if (!read.isInterim()) {
            begin(read, at == to, listener);
        }
        return at;
    }

    private void begin(AnswerHead read, boolean nothingBehind, Listener listener) {
        answer = read;
        BodyEnd begun = BodyEnd.of(read.framing());
        body = begun;
        listener.begun(read);
        if (begun.isReached() && !listener.isOver()) {
            end(nothingBehind, listener);
        }
    }

    private void end(boolean nothingBehind, Listener listener) {
        AnswerHead ended = answer;
        answer = null;
        body = null;
        if (ended != null && !listener.isOver()) {
            listener.ended(ended, nothingBehind);
        }
    }
}
