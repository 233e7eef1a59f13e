package io.qlikbridge.front;

import io.netty.channel.ChannelFutureListener;
import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.eventloop.AnswerBuffer;
import java.io.IOException;
import java.util.Locale;

/** The answer to a read that the front serves by itself, as the caller gets it: with its length if it is short, else in chunks. */
final class DirectAnswer {

    /** An answer that fits is sent with its length, as the application does it. */
    private static final int BUFFER = 32 * 1024;

    /** The most that is gathered of a body that cannot be passed on while it comes. */
    private static final int MOST_GATHERED = 256 * 1024;

    /** Room for a head as it mostly is. */
    private static final int HEAD = 1_024;

    /** Room for what a link may grow by, and for the end of the chunks. */
    private static final int END = 1_024;

    private static final int SIZE = 16;
    private static final int NOT_MODIFIED = 304;

    private final CallerConnection caller;
    private final AskedRead asked;
    private final String requestId;
    private final AnswerForm form;
    private final AnswerBuffer gathered;
    private AnswerBuffer out;
    private boolean begun;

    /** @param expected how long the tenant's body is; -1 where that is not told before */
    DirectAnswer(CallerConnection caller, AskedRead asked, String requestId, AnswerForm form, long expected) {
        this.caller = caller;
        this.asked = asked;
        this.requestId = requestId;
        this.form = form;
        int room = (int) Math.min(expected < 0 ? BUFFER : expected, BUFFER);
        this.gathered = new AnswerBuffer(form.streams() ? 0 : room);
        this.out = new AnswerBuffer(form.streams() ? HEAD : 0, form.streams() ? room + END : 0);
    }

    int status() {
        return form.status();
    }

    /** Whether a part of it was sent, so that nobody else can answer any more. */
    boolean isBegun() {
        return begun;
    }

    /** What was gathered of the tenant's body. */
    AnswerBuffer gathered() {
        return gathered;
    }

    /**
     * Takes a part of the tenant's body.
     *
     * @return whether it can be taken; one that is too long to be gathered is not
     */
    boolean take(byte[] bytes, int from, int to) throws IOException {
        if (!form.streams()) {
            gathered.write(bytes, from, to - from);
            return gathered.length() <= MOST_GATHERED;
        }
        form.push(bytes, from, to, out);
        if (begun || out.length() > BUFFER) {
            sendChunk();
        }
        return true;
    }

    /**
     * The tenant's body is here as a whole.
     *
     * @return whether the answer can be made of it
     */
    boolean finish() throws IOException {
        if (form.streams()) {
            form.finish(out);
            return true;
        }
        out = new AnswerBuffer(HEAD, gathered.length() + END);
        return form.whole(gathered.bytes(), gathered.length(), out);
    }

    private void sendChunk() {
        if (out.length() > 0) {
            frameChunk();
        }
        if (!begun) {
            begun = true;
            addHead(AnswerHeaders.CHUNKED);
        }
        caller.channel().write(out.wrapped(), null);
        out = new AnswerBuffer(HEAD, BUFFER);
    }

    /** Sends what was not sent yet, and the end. */
    void send(ChannelFutureListener sent) {
        boolean empty = form.status() == NOT_MODIFIED;
        if (!begun && (empty || out.length() <= BUFFER)) {
            addHead(empty ? AnswerHeaders.NO_BODY : out.length());
        } else {
            if (out.length() > 0) {
                frameChunk();
            }
            if (!begun) {
                addHead(AnswerHeaders.CHUNKED);
            }
            out.add("0\r\n\r\n");
        }
        caller.channel().write(out.wrapped(), sent);
    }

    private void addHead(long length) {
        AskedRead.CallerOrigin origin = asked.origin();
        boolean secure = origin != null && origin.scheme().equals("https");
        boolean keepAlive = asked.head().headers().lists("Connection", "keep-alive");
        out.addFirst(caller.loop().answers().head(form, requestId, secure, keepAlive, length));
    }

    /** RFC 9112, section 7.1. */
    private void frameChunk() {
        AnswerBuffer size = new AnswerBuffer(SIZE);
        size.add(Integer.toHexString(out.length()).toUpperCase(Locale.ROOT)).add("\r\n");
        out.addFirst(size);
        out.add("\r\n");
    }
}
