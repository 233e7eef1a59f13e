package io.qlikbridge.front;

import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.tenantline.Asking;
import io.qlikbridge.tenantline.TenantLine;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.upstream.CarriedCall;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.RequestPermits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read that the front serves by itself, from the call to the tenant to the last byte for the caller. Until a byte of an answer is sent,
 * everything that is not plain hands the request on to the application, as if the front had not touched it.
 */
final class DirectExchange implements Asking {

    /** The most of an answer that is kept for the application: refusals are an error envelope, or an edge proxy's page. */
    private static final int MOST_KEPT = 64 * 1024;

    private static final int REQUEST = 1_024;

    private final CallerConnection caller;
    private final AskedRead asked;
    private final ReadyRead ready;
    private final String requestId;
    private final AnswerBuffer message = new AnswerBuffer(REQUEST);
    private final long start = System.nanoTime();

    private @Nullable CarriedCall call;
    private @Nullable TenantLine line;
    private boolean repeated;
    private @Nullable AnswerHead head;
    private @Nullable DirectAnswer answer;

    /** The body of an answer that is left to the application. */
    private AnswerBuffer kept = new AnswerBuffer(0);

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
            caller.loop().await(ready.call(), this);
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

    @Override
    public void answered(AnswerHead read) {
        head = read;
        call().heard();
        AnswerForm form = form(read);
        if (form == null) {
            call().answered(read.status());
            if (read.framing().kind() == Framing.Kind.UNTIL_CLOSE) {
                handOn(null);
            }
            return;
        }
        answer = new DirectAnswer(caller, asked, requestId, form, read.framing().length());
        if (form.streams()) {
            call().answered(read.status());
        }
    }

    private @Nullable AnswerForm form(AnswerHead read) {
        if (!read.headers().isAscii() || read.framing().kind() == Framing.Kind.UNTIL_CLOSE) {
            return null;
        }
        try {
            return ready.answered(read);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        if (over) {
            return;
        }
        DirectAnswer known = answer;
        if (known == null) {
            kept.write(bytes, from, to - from);
            if (kept.length() > MOST_KEPT) {
                handOn(null);
            }
            return;
        }
        try {
            if (!known.take(bytes, from, to)) {
                handOn(null);
            }
        } catch (IOException | RuntimeException unreadable) {
            giveUp();
        }
    }

    @Override
    public void paused() {
        TenantLine open = line;
        if (!over && isBegun() && open != null && !caller.channel().isWritable()) {
            open.read(false);
        }
    }

    private boolean isBegun() {
        DirectAnswer known = answer;
        return known != null && known.isBegun();
    }

    /** The caller reads on. */
    void goOn() {
        TenantLine open = line;
        if (open != null) {
            open.read(true);
        }
    }

    @Override
    public void ended() {
        line = null;
        DirectAnswer known = answer;
        if (over) {
            return;
        }
        if (known == null) {
            handOnWithAnswer(kept);
            return;
        }
        call().answered(known.status());
        try {
            if (!known.finish()) {
                handOnWithAnswer(known.gathered());
                return;
            }
        } catch (IOException | RuntimeException unreadable) {
            giveUp();
            return;
        }
        over = true;
        call().close();
        Front front = caller.loop().front();
        front.counts().direct();
        front.meters().served("GET", ready.route(), known.status(), null, start);
        known.send(sent -> leavePlace());
        caller.answered(true);
        caller.loop().callEnded(ready.call());
    }

    @Override
    public void failed(IOException failure, boolean stale) {
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
        if (failure instanceof SocketTimeoutException && !isBegun()) {
            // the caller has waited for all of it, and shall not wait once more
            handOn(new Carried(call()));
        } else {
            giveUp();
        }
    }

    /** The application makes of the answer what it would make of its own. */
    private void handOnWithAnswer(AnswerBuffer body) {
        AnswerHead read = Objects.requireNonNull(head, "An answer ends that has not begun");
        call().keep(read.status(), read.headers()::forEach, Arrays.copyOf(body.bytes(), body.length()));
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
        if (isBegun()) {
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
        caller.loop().callEnded(ready.call());
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
