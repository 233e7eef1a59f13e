package io.qlikbridge.front;

import io.qlikbridge.http1.BodyEnd;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.web.AddressLimits;
import io.qlikbridge.wire.FrontedCaller;
import org.jspecify.annotations.Nullable;

/**
 * The way of one caller's requests to the application: each as a whole, if it is of ordinary length, or while it comes; and, from the
 * first byte on that could be read in two ways, everything as it is. For one thread.
 */
final class Handover {

    private static final byte[] NOTHING = {};

    /** What may be around the chunks of a body. */
    private static final int MOST_AROUND = 16 * 1024;

    private static final long KEPT = 2_000_000_000L;

    private final CallerConnection caller;
    private final Received received;
    private @Nullable HandedOn application;

    private @Nullable RequestHead head;
    private byte[] request = NOTHING;
    private int requestFrom;
    private int requestTo;

    private @Nullable BodyEnd body;
    private AddressLimits.@Nullable Limit limit;

    /** How long head and body are, as far as they were followed. */
    private int followed;

    private boolean whole;

    Handover(CallerConnection caller, Received received) {
        this.caller = caller;
        this.received = received;
    }

    /** A request begins, whose head is this long. */
    void begin(RequestHead read, int length) {
        head = read;
        request = received.bytes();
        requestFrom = received.from();
        requestTo = requestFrom + length;
        whole = false;
    }

    /** The request was answered. */
    void end() {
        head = null;
        body = null;
        request = NOTHING;
    }

    /** Whether all of the request has gone to the application. */
    boolean isWhole() {
        return whole;
    }

    /** How long the body may take; {@code null} for a request without. */
    AddressLimits.@Nullable Limit limit() {
        return limit;
    }

    /**
     * Hands on a request whose head is here, at once if it has no body.
     *
     * @return whether its body is waited for
     */
    boolean isBodyAwaited(RequestHead read) {
        int length = requestTo - requestFrom;
        if (read.framing().kind() == Framing.Kind.NO_BODY) {
            received.take(length);
            handOn(null);
            return false;
        }
        FrontLoop loop = caller.loop();
        AddressLimits.Limit allowed = loop.front().addresses().of(loop.setting().path(read.target()));
        limit = allowed;
        body = BodyEnd.of(read.framing());
        followed = length;
        long most = Math.min(allowed.body().toBytes(), FrontLimits.LONGEST_BODY);
        if (read.expectsContinue() || read.framing().length() > most) {
            handOnUnfinished();
            return false;
        }
        return true;
    }

    /** Hands the request on as soon as its body is here, or turns out to be longer than is waited for. */
    void followBody() {
        BodyEnd end = body;
        if (end == null || limit == null) {
            return;
        }
        int from = received.from();
        followed = end.follow(received.bytes(), from + followed, received.to(), null) - from;
        long most = Math.min(limit.body().toBytes(), FrontLimits.LONGEST_BODY) + MOST_AROUND;
        if (end.isMalformed()) {
            tunnel();
        } else if (end.isReached()) {
            send(received.bytes(), from, from + followed, null);
            received.take(followed);
            whole = true;
        } else if (followed - (requestTo - requestFrom) > most) {
            handOnUnfinished();
            feed();
        }
    }

    /** The application hears of a request that is still coming. */
    private void handOnUnfinished() {
        send(received.bytes(), received.from(), received.from() + followed, null);
        received.take(followed);
        whole = body != null && body.isReached();
    }

    /** Sends on what has come of a body that the application has begun to read. */
    void feed() {
        BodyEnd end = body;
        HandedOn open = application;
        if (whole || end == null || open == null || received.isEmpty()) {
            return;
        }
        int from = received.from();
        int at = end.follow(received.bytes(), from, received.to(), null);
        if (end.isMalformed()) {
            caller.enter(CallerConnection.State.TUNNEL);
            open.tunnel();
            pipe();
            return;
        }
        open.send(received.bytes(), from, at);
        received.take(at - from);
        if (end.isReached()) {
            whole = true;
            if (!open.isBusy()) {
                caller.next();
            }
        } else if (!open.isWritable()) {
            caller.channel().read(false);
        }
    }

    /** Hands on a request without a body, of which nothing was answered. */
    void handOn(FrontedCaller.@Nullable Known known) {
        send(request, requestFrom, requestTo, known);
        whole = true;
    }

    private void send(byte[] bytes, int from, int to, FrontedCaller.@Nullable Known known) {
        RequestHead asked = head;
        if (asked == null) {
            return;
        }
        caller.enter(CallerConnection.State.HANDED_ON);
        caller.loop().front().counts().handedOn();
        HandedOn open = application;
        // a connection that was used before may be about to end: what cannot be repeated gets one of its own
        if (open == null || !open.isIdle() || !isRepeatable(asked) || known != null) {
            open = open(known);
        }
        open.begin(asked.method());
        open.send(bytes, from, to);
    }

    private static boolean isRepeatable(RequestHead asked) {
        return asked.framing().kind() == Framing.Kind.NO_BODY
                && (asked.method().equals("GET") || asked.method().equals("HEAD"));
    }

    private HandedOn open(FrontedCaller.@Nullable Known known) {
        close();
        HandedOn opened = HandedOn.open(caller, known);
        application = opened;
        return opened;
    }

    /** The application's connection had ended before it could take the request. */
    void again() {
        application = null;
        handOn(null);
    }

    /** From here on everything goes to the application as it is. */
    void tunnel() {
        caller.enter(CallerConnection.State.TUNNEL);
        caller.loop().front().counts().handedOn();
        open(null).tunnel();
        pipe();
    }

    /** Sends on all that is here. */
    void pipe() {
        HandedOn open = application;
        if (open != null && !received.isEmpty()) {
            open.send(received.bytes(), received.from(), received.to());
            received.take(received.length());
            if (!open.isWritable()) {
                caller.channel().read(false);
            }
        }
    }

    /** The caller sends nothing more. */
    void endInput() {
        if (application != null) {
            application.endInput();
        }
    }

    /** @param on whether answers are read now */
    void read(boolean on) {
        if (application != null) {
            application.read(on);
        }
    }

    /** @return whether it is this one that is gone */
    boolean forget(HandedOn gone) {
        boolean ours = application == gone;
        if (ours) {
            application = null;
        }
        return ours;
    }

    void closeIfUnused(long now) {
        HandedOn open = application;
        if (open != null && open.isIdle() && now - open.idleSince() > KEPT) {
            close();
        }
    }

    void close() {
        HandedOn open = application;
        application = null;
        if (open != null) {
            open.close();
        }
    }
}
