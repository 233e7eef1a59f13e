package io.qlikbridge.wire;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection: what it is at, since when, and for whom. Times are those of {@link System#nanoTime}. Written by
 * the thread that serves it, read by the one that looks for connections whose time is over.
 */
public final class Wire {

    /** What a connection is at. */
    enum Phase {
        /** Between two requests, or before the first. */
        IDLE,
        /** A head has begun to come in. */
        HEAD,
        /** The head is there: a request is served, from its body to its answer. */
        SERVING,
        /** The answer is made; its end, or what is left of the body, is still under way. */
        LEAVING
    }

    private static final ThreadLocal<Wire> CURRENT = new ThreadLocal<>();

    private final SocketChannel channel;
    private final boolean probe;
    private final @Nullable FrontedCaller caller;
    private boolean knownTaken;
    private volatile boolean answered;
    private byte @Nullable [] firstBytes;
    private volatile Phase phase = Phase.IDLE;
    private volatile long since;
    private volatile boolean pending;
    private volatile boolean known;
    private volatile boolean ended;
    private volatile long bodyUntil;
    private volatile @Nullable LongSupplier written;
    private volatile RequestPermits.@Nullable Share place;

    /** Of the thread that looks for what is over. */
    private long lastLook;

    private long unread;
    private long stuck;

    Wire(SocketChannel channel, long now) {
        this(new PendingConnections.Pending(channel, new byte[0], false, null), now);
    }

    Wire(PendingConnections.Pending connection, long now) {
        this.channel = connection.channel();
        this.firstBytes = connection.firstBytes().length == 0 ? null : connection.firstBytes();
        this.probe = connection.probe();
        this.caller = connection.caller();
        this.since = now;
        this.lastLook = now;
    }

    /** The connection that this thread serves; none on a server other than {@link WireEndpoint}. */
    public static @Nullable Wire current() {
        return CURRENT.get();
    }

    SocketChannel channel() {
        return channel;
    }

    /** Whose connection the front has handed on; {@code null} for one that the caller opened itself. */
    @Nullable
    FrontedCaller caller() {
        return caller;
    }

    /** What the front knows of the first request; {@code null} from then on. */
    FrontedCaller.@Nullable Known takeKnown() {
        FrontedCaller.Known taken = caller == null || knownTaken ? null : caller.known();
        knownTaken = true;
        return taken;
    }

    /** Whether it came in for its first request, which asks for liveness. */
    boolean isProbe() {
        return probe;
    }

    /** Whether that is not answered yet. What comes behind it may be anything. */
    boolean asksForLiveness() {
        return probe && !answered;
    }

    /** What was read of the connection before it was served, for the thread that serves it first; {@code null} from then on. */
    byte @Nullable [] takeFirstBytes() {
        byte[] taken = firstBytes;
        firstBytes = null;
        return taken;
    }

    Phase phase() {
        return phase;
    }

    /** Something came in, and nobody has looked at it yet. */
    void pending() {
        pending = true;
    }

    /** A thread begins to look at what came in. */
    void enter(long now) {
        CURRENT.set(this);
        if (phase == Phase.IDLE) {
            go(Phase.HEAD, now);
        }
        pending = false;
    }

    /** The thread is done with it for now. */
    void leave(boolean partOfAHead, long now) {
        CURRENT.remove();
        if (phase != Phase.HEAD || !partOfAHead) {
            go(partOfAHead ? Phase.HEAD : Phase.IDLE, now);
        }
    }

    /**
     * @param bytes how many of the answer were written so far
     * @param bodyWithin how long the body may take from now on
     */
    void serve(LongSupplier bytes, long now, Duration bodyWithin) {
        written = bytes;
        bodyUntil = now + bodyWithin.toNanos();
        go(Phase.SERVING, now);
    }

    void answered(long now) {
        written = null;
        answered = true;
        go(Phase.LEAVING, now);
    }

    /** @param within from the end of the head on */
    public void expectBody(Duration within) {
        bodyUntil = since + within.toNanos();
    }

    /** The caller of this connection is one who signed in: the connection is given up after those of others. */
    public void signedIn() {
        known = true;
    }

    /** @param share of what the request has a place now, or {@code null} if it has none */
    void place(RequestPermits.@Nullable Share share) {
        place = share;
    }

    RequestPermits.@Nullable Share place() {
        return place;
    }

    private void go(Phase next, long now) {
        since = now;
        phase = next;
    }

    /**
     * Whether it can be given up for another one: it waits for its caller, who has not signed in for what it waits for.
     *
     * @param stopped the caller has to send or to read something before it goes on
     */
    boolean canBeSpared(long now, boolean stopped) {
        if (!stopped || ended || now - since < WireLimits.GRACE.toNanos()) {
            return false;
        }
        if (pending && phase != Phase.SERVING) {
            return false;
        }
        return phase != Phase.SERVING || (place != RequestPermits.Share.SIGNED_IN && !known);
    }

    boolean isKnown() {
        return known;
    }

    /** It was closed, or will be as soon as its thread notices. */
    void end() {
        ended = true;
    }

    boolean isPending() {
        return pending;
    }

    /** Since when it is at what it is at. */
    long since() {
        return since;
    }

    /**
     * Looked at a few times a second.
     *
     * @param reading it waits for the caller to send something
     * @param writing it waits for the caller to read something
     * @return whether its time is over
     */
    boolean isOver(long now, boolean reading, boolean writing, WireLimits limits) {
        long passed = now - lastLook;
        lastLook = now;
        stuck = reading || writing ? stuck + passed : 0;
        if (ended) {
            return false;
        }
        return switch (phase) {
            case IDLE -> {
                unread = 0;
                yield false;
            }
            case HEAD -> {
                unread = 0;
                yield reading && !pending && now - since > limits.head().toNanos();
            }
            case SERVING -> {
                unread += writing ? passed : 0;
                yield reading && now - bodyUntil > 0
                        || unread > limits.answer(written()).toNanos();
            }
            case LEAVING -> now - since > limits.leave().toNanos();
        };
    }

    /** For how long the caller has let it wait, as far as was seen. */
    Duration stuck() {
        return Duration.ofNanos(stuck);
    }

    private long written() {
        LongSupplier bytes = written;
        return bytes == null ? 0 : bytes.getAsLong();
    }
}
