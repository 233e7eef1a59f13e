package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.upstream.TenantHttp.CarriedCall;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.RequestPermits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read that the front serves by itself, from the call to the tenant to the last byte for the caller. Until a byte of an answer is sent,
 * everything that is not plain hands the request on to the application, as if the front had not touched it.
 */
final class DirectExchange {

    /** An answer that fits is sent with its length, as the application does it. */
    private static final int BUFFER = 32 * 1024;

    /** The most that is gathered of a body that cannot be passed on while it comes. */
    private static final int MOST_GATHERED = 256 * 1024;

    /** The most of an answer that is kept for the application: refusals are an error envelope, or an edge proxy's page. */
    private static final int MOST_KEPT = 64 * 1024;

    private static final int REQUEST = 1_024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final CallerConnection caller;
    private final AskedRead asked;
    private final ReadyRead ready;
    private final String requestId;
    private final AnswerBuffer message = new AnswerBuffer(REQUEST);
    private final long start = System.nanoTime();

    private @Nullable CarriedCall call;
    private @Nullable TenantLine line;
    private boolean repeated;
    private @Nullable AnswerHead answer;
    private @Nullable AnswerForm form;
    private AnswerBuffer gathered = new AnswerBuffer(0);
    private AnswerBuffer out = new AnswerBuffer(0);
    private boolean begun;
    private boolean over;
    private boolean placed;

    private DirectExchange(CallerConnection caller, AskedRead asked, ReadyRead ready, String requestId) {
        this.caller = caller;
        this.asked = asked;
        this.ready = ready;
        this.requestId = requestId;
    }

    /** A read of what is in memory and good; {@code null} for every other request. Nothing is sent yet. */
    static @Nullable DirectExchange of(CallerConnection caller, RequestHead head) {
        AskedRead asked = PlainReads.asked(head, caller);
        ReadyRead ready = asked == null ? null : caller.loop().ready(asked);
        if (asked == null || ready == null) {
            return null;
        }
        String requestId = RequestId.choose(head.headers().first(RequestId.HEADER));
        return new DirectExchange(caller, asked, ready, requestId);
    }

    /** Makes the call as soon as it may be made. */
    void start() {
        if (!tryBegin()) {
            caller.loop().await(this);
        }
    }

    /** Since when the read is under way, as {@link System#nanoTime} has it. */
    long since() {
        return start;
    }

    /**
     * Makes the call, if it may be made now.
     *
     * @return whether nobody has to wait for it any more
     */
    boolean tryBegin() {
        if (over) {
            return true;
        }
        FrontLoop loop = caller.loop();
        RequestPermits places = loop.front().places();
        if (!loop.front().tenants().mayBeCarried(ready.call())) {
            handOn(null);
            return true;
        }
        if (!placed && !places.enterNow(RequestPermits.Share.SIGNED_IN)) {
            return false;
        }
        placed = true;
        TenantLine open = loop.lines().take(ready.call().connection());
        message.clear();
        if (open == null || !PlainReads.write(message, ready.call(), open.host())) {
            line = open;
            handOn(null);
            return true;
        }
        call = loop.front()
                .tenants()
                .carry(
                        ready.call(),
                        requestId,
                        (name, value) -> message.add(name).add(": ").add(value).add("\r\n"));
        if (call == null) {
            loop.lines().giveBack(open);
            leavePlace();
            return false;
        }
        message.add("\r\n");
        line = open;
        open.send(message, this);
        return true;
    }

    /** It has waited for as long as it may: the application says so, or finds a way. */
    void waitNoLonger() {
        if (!over) {
            handOn(null);
        }
    }

    private CarriedCall call() {
        return Objects.requireNonNull(call, "The call was not begun");
    }

    /** The tenant's answer begins. */
    void answered(AnswerHead head) {
        call().heard();
        AnswerForm found = null;
        if (head.headers().isAscii() && head.framing() != Framing.UNTIL_CLOSE) {
            try {
                found = ready.answered(head);
            } catch (RuntimeException unreadable) {
                found = null;
            }
        }
        answer = head;
        if (found == null) {
            call().answered(head.status());
            if (head.framing() == Framing.UNTIL_CLOSE) {
                handOn(null);
            }
            return;
        }
        form = found;
        int expected = Math.clamp(head.length(), 0, BUFFER);
        if (found.streams()) {
            call().answered(head.status());
            out = new AnswerBuffer(expected + REQUEST);
        } else {
            gathered = new AnswerBuffer(head.length() < 0 ? BUFFER : expected);
        }
    }

    /** A part of its body. */
    void body(byte[] bytes, int from, int to) {
        AnswerForm known = form;
        if (over) {
            return;
        }
        if (known == null || !known.streams()) {
            gathered.write(bytes, from, to - from);
            if (gathered.length() > (known == null ? MOST_KEPT : MOST_GATHERED)) {
                handOn(null);
            }
            return;
        }
        try {
            known.push(bytes, from, to, out);
        } catch (IOException | RuntimeException unreadable) {
            giveUp();
            return;
        }
        if (begun || out.length() > BUFFER) {
            sendChunk(known);
        }
    }

    /** Nothing more of it is here at once. */
    void paused() {
        AnswerForm known = form;
        TenantLine open = line;
        if (!over && begun && known != null && open != null && !caller.isWritable()) {
            open.read(false);
        }
    }

    /** The caller reads on. */
    void goOn() {
        TenantLine open = line;
        if (open != null) {
            open.read(true);
        }
    }

    private void sendChunk(AnswerForm known) {
        AnswerBuffer piece = new AnswerBuffer(out.length() + REQUEST);
        if (!begun) {
            begun = true;
            writeHead(piece, known, AnswerHeaders.CHUNKED);
        }
        addChunk(piece);
        out.clear();
        caller.write(buffer(piece), null);
    }

    private void addChunk(AnswerBuffer piece) {
        if (out.length() > 0) {
            piece.add(Integer.toHexString(out.length()).toUpperCase(Locale.ROOT))
                    .write(LINE_END, 0, LINE_END.length);
            piece.write(out.bytes(), 0, out.length());
            piece.write(LINE_END, 0, LINE_END.length);
        }
    }

    /** The whole answer is here, and its line free for another call. */
    void ended() {
        AnswerForm known = form;
        line = null;
        if (over) {
            return;
        }
        if (known == null) {
            handOnWithAnswer();
            return;
        }
        try {
            if (known.streams()) {
                known.finish(out);
            } else {
                out = new AnswerBuffer(gathered.length() + REQUEST);
                call().answered(known.status());
                if (!known.whole(gathered.bytes(), gathered.length(), out)) {
                    handOnWithAnswer();
                    return;
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            giveUp();
            return;
        }
        sendEnd(known);
    }

    private void sendEnd(AnswerForm known) {
        AnswerBuffer piece = new AnswerBuffer(out.length() + REQUEST);
        boolean empty = known.status() == 304;
        if (begun) {
            addChunk(piece);
            piece.write(LAST_CHUNK, 0, LAST_CHUNK.length);
        } else if (!empty && out.length() > BUFFER) {
            writeHead(piece, known, AnswerHeaders.CHUNKED);
            addChunk(piece);
            piece.write(LAST_CHUNK, 0, LAST_CHUNK.length);
        } else {
            writeHead(piece, known, empty ? AnswerHeaders.NO_BODY : out.length());
            piece.write(out.bytes(), 0, out.length());
        }
        over = true;
        call().close();
        caller.loop().front().counts().direct();
        caller.loop().front().meters().served("GET", ready.route(), known.status(), null, start);
        caller.write(buffer(piece), done -> leavePlace());
        caller.answered(true);
        caller.loop().callEnded();
    }

    private void writeHead(AnswerBuffer piece, AnswerForm known, long length) {
        AskedRead.CallerOrigin origin = asked.origin();
        boolean secure = origin != null && origin.scheme().equals("https");
        caller.loop().answers().write(piece, known, requestId, secure, keepAliveAsked(), length);
    }

    private boolean keepAliveAsked() {
        for (String value : asked.headers("Connection")) {
            if (value.equalsIgnoreCase("keep-alive")) {
                return true;
            }
        }
        return false;
    }

    private ByteBuf buffer(AnswerBuffer piece) {
        return Unpooled.wrappedBuffer(piece.bytes(), 0, piece.length());
    }

    /**
     * There is no answer, or only a part of it.
     *
     * @param stale whether the connection was kept alive since an earlier call, and nothing came of the answer
     */
    void failed(IOException failure, boolean stale) {
        line = null;
        if (over) {
            return;
        }
        if (stale && !repeated) {
            repeated = true;
            TenantLine fresh = caller.loop().lines().fresh(ready.call().connection());
            if (fresh != null) {
                line = fresh;
                fresh.send(message, this);
                return;
            }
        }
        call().failed(failure);
        if (failure instanceof SocketTimeoutException && !begun) {
            // the caller has waited for all of it, and shall not wait once more
            handOn(new Carried(call()));
        } else {
            giveUp();
        }
    }

    /** The application makes of the answer what it would make of its own. */
    private void handOnWithAnswer() {
        AnswerHead head = answer;
        if (head == null) {
            handOn(null);
            return;
        }
        call().keep(head.status(), head.headers()::forEach, Arrays.copyOf(gathered.bytes(), gathered.length()));
        handOn(new Carried(call()));
    }

    /** Has the application go on with what became of the call. */
    private record Carried(CarriedCall call) implements FrontedCaller.Known {

        @Override
        public void begin() {
            call.passOn();
        }

        @Override
        public void end() {
            call.forget();
        }
    }

    /** Hands the request on, or, where a part of the answer was sent, has the caller see that it is not whole. */
    private void giveUp() {
        if (begun) {
            end();
            caller.breakOff();
        } else {
            handOn(null);
        }
    }

    private void handOn(FrontedCaller.@Nullable Known known) {
        end();
        leavePlace();
        caller.handOn(known);
    }

    /** The caller is gone. */
    void cancel() {
        if (!over) {
            end();
        }
        leavePlace();
    }

    private void end() {
        over = true;
        TenantLine open = line;
        line = null;
        if (open != null) {
            open.close();
        }
        if (call != null) {
            call.close();
        }
        caller.loop().callEnded();
    }

    /** Whether its answer is not read to the end yet. */
    boolean holdsPlace() {
        return placed;
    }

    private void leavePlace() {
        if (placed) {
            placed = false;
            caller.loop().front().places().leave(RequestPermits.Share.SIGNED_IN);
        }
    }

    /** Looked at a few times a second. */
    void look(long now) {
        Front front = caller.loop().front();
        long longest =
                front.calls().connectTimeout().plus(front.calls().readTimeout()).toNanos();
        if (!over && call != null && now - start > longest) {
            TenantLine open = line;
            line = null;
            if (open != null) {
                open.close();
            }
            failed(new SocketTimeoutException("The answer took too long as a whole"), false);
        }
    }
}
