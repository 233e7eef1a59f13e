package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.web.AddressLimits;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.RequestPermits;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection. Requests are taken one after the other: a head is read to its end, and a body of ordinary length, before
 * anybody hears of them. What is not written in the one plain way goes to the application byte for byte with all that follows it, so
 * that there is one reader alone who could misread it.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {

    /** What a connection is at. */
    enum State {
        /** For a head, or the rest of it. */
        WAITING,
        /** For the rest of a body. */
        BODY,
        /** The front itself serves the request. */
        DIRECT,
        /** The application does. */
        HANDED_ON,
        /** Everything goes to the application and back. */
        TUNNEL,
        /** Closed as soon as the caller has read the last answer. */
        LEAVING
    }

    /** So much of the requests behind the present one is taken in advance. */
    private static final int MOST_AHEAD = 16 * 1024;

    private static final long LEAVES_WITHIN = 5_000_000_000L;

    private final FrontLoop loop;
    private final FrontLimits limits;
    private final Received received = new Received();
    private final Handover handover = new Handover(this, received);
    private final CallerChannel channel;

    private State state = State.WAITING;
    private long since = System.nanoTime();
    private long lastRead;
    private int held;
    private long drained;
    private boolean answeredBefore;
    private @Nullable DirectExchange direct;
    private @Nullable DirectExchange answeredLast;

    CallerConnection(FrontLoop loop) {
        this.loop = loop;
        this.limits = loop.setting().limits();
        this.channel = new CallerChannel(limits, loop.setting().secure());
    }

    FrontLoop loop() {
        return loop;
    }

    /** Since when it is at what it is at, as {@link System#nanoTime} has it. */
    long since() {
        return since;
    }

    /** Whether bytes of a request lie here until the rest of it comes. */
    boolean isHolding() {
        return held > 0;
    }

    /** Whether it waits for its caller to send something. */
    boolean canBeSpared() {
        return state == State.WAITING || state == State.BODY || state == State.LEAVING;
    }

    void enter(State next) {
        state = next;
        since = System.nanoTime();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel.opened(added);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        since = System.nanoTime();
        loop.add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        ByteBuf piece = (ByteBuf) message;
        try {
            if (state == State.LEAVING) {
                drain(piece.readableBytes());
            } else if (!channel.isGone()) {
                take(piece);
            }
        } finally {
            piece.release();
        }
    }

    /** A system that closes a connection with bytes nobody has read resets it, and the caller may lose the answer. */
    private void drain(int bytes) {
        drained += bytes;
        if (drained > limits.swallowed()) {
            channel.close();
        }
    }

    private void take(ByteBuf piece) {
        lastRead = System.nanoTime();
        if (received.isEmpty() && state == State.WAITING) {
            since = lastRead;
        }
        received.add(piece);
        advance();
    }

    /** Goes on with what is here. */
    private void advance() {
        // who does not read its answers is asked for no more of them
        while (state == State.WAITING && !received.isEmpty() && !channel.isGone() && channel.isWritable()) {
            int length = received.headLength();
            if (length < 0) {
                waitForHead();
                break;
            }
            begin(length);
        }
        switch (state) {
            case BODY -> handover.followBody();
            case HANDED_ON -> handover.feed();
            case TUNNEL -> handover.pipe();
            case WAITING, DIRECT, LEAVING -> {
                // nothing more can be done with it now
            }
        }
        count();
        if (state != State.BODY && received.length() > MOST_AHEAD) {
            channel.read(false);
        }
        if (channel.hasInputEnded() && state == State.WAITING && received.isEmpty()) {
            leave();
        }
    }

    /** What cannot become a plain head any more is not waited for. */
    private void waitForHead() {
        if (channel.hasInputEnded()) {
            endUnfinished();
        } else if (received.length() > limits.longestHead() || !received.isPlainSoFar()) {
            handover.tunnel();
        }
    }

    private void begin(int length) {
        RequestHead head = length > limits.longestHead()
                ? null
                : RequestHead.read(received.bytes(), received.from(), received.from() + length);
        if (head == null) {
            handover.tunnel();
            return;
        }
        handover.begin(head, length);
        channel.beginAnswer();
        DirectExchange exchange = DirectExchange.of(this, head);
        if (exchange != null) {
            received.take(length);
            enter(State.DIRECT);
            direct = exchange;
            exchange.start();
        } else if (handover.isBodyAwaited(head)) {
            enter(State.BODY);
        }
    }

    /** Counts what lies here until the rest of it comes. */
    private void count() {
        boolean waits = !channel.isGone() && (state == State.WAITING || state == State.BODY);
        int now = waits ? received.length() : 0;
        int more = now - held;
        held = now;
        if (more != 0) {
            loop.hold(more);
        }
    }

    /** The application has changed the protocol. */
    void tunneled() {
        enter(State.TUNNEL);
        handover.pipe();
    }

    /**
     * Hands a request on that the front began to serve, and cannot. Nothing of an answer was sent.
     *
     * @param known what the application is to know of it; {@code null} for nothing
     */
    void handOn(FrontedCaller.@Nullable Known known) {
        direct = null;
        handover.handOn(known);
    }

    /** The application's connection had ended before it could take the request. */
    void again() {
        handover.again();
    }

    CallerChannel channel() {
        return channel;
    }

    /** Gives the caller a part of the application's answer. */
    void relay(ByteBuf piece) {
        channel.relay(piece);
        if (!channel.isWritable()) {
            handover.read(false);
        }
    }

    /** The answer to the present request is at its end. */
    void answered(boolean keepsAlive) {
        answeredBefore = true;
        channel.flush();
        if (!keepsAlive) {
            leave();
        } else if (handover.isWhole() || direct != null) {
            next();
        }
    }

    /** Both the request and its answer are at their end. */
    void next() {
        answeredLast = direct;
        direct = null;
        handover.end();
        enter(State.WAITING);
        channel.read(true);
        if (!received.isEmpty() || channel.hasInputEnded()) {
            // not within the call that ended the answer before: thousands of requests may lie here
            loop.loop().execute(this::advance);
        }
    }

    void canSendMore() {
        if (state == State.TUNNEL || state == State.HANDED_ON && !handover.isWhole()) {
            channel.read(true);
        }
    }

    void applicationGone(HandedOn which) {
        if (handover.forget(which) && state == State.HANDED_ON) {
            // it was answered, and the rest of it is not waited for
            leave();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (!channel.isWritable()) {
            return;
        }
        handover.read(true);
        if (direct != null) {
            direct.goOn();
        } else if (state == State.WAITING) {
            loop.loop().execute(this::advance);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            return;
        }
        channel.endInput();
        switch (state) {
            case WAITING -> advance();
            case BODY -> endUnfinished();
            case TUNNEL -> handover.endInput();
            case HANDED_ON -> {
                if (!handover.isWhole()) {
                    handover.endInput();
                }
            }
            case LEAVING -> channel.close();
            case DIRECT -> {
                // it gets its answer
            }
        }
    }

    /** A request that is not whole is the application's to judge, with the end of its bytes. */
    private void endUnfinished() {
        handover.tunnel();
        handover.endInput();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable failure) {
        channel.close();
    }

    /** Closes it behind the last byte of the answer. */
    private void leave() {
        enter(State.LEAVING);
        handover.close();
        received.clear();
        count();
        channel.read(true);
        channel.endOutput();
    }

    void closeIfIdle() {
        if (state == State.WAITING && received.isEmpty() || state == State.LEAVING) {
            channel.close();
        }
    }

    /** Closes it for another one. */
    void giveUp() {
        if (state == State.WAITING && received.isEmpty()) {
            channel.close();
        } else {
            abort();
        }
    }

    /** Ends it behind what was sent of an answer, which its framing shows not to be whole. */
    void breakOff() {
        if (!channel.isGone()) {
            end();
            channel.closeBehind();
        }
    }

    /** Cuts the connection off: what was not read yet is not kept for the caller either. */
    void abort() {
        if (!channel.isGone()) {
            end();
            channel.reset();
        }
    }

    private void end() {
        if (channel.isGone()) {
            return;
        }
        channel.forget();
        loop.remove(this);
        received.clear();
        count();
        handover.close();
        if (direct != null) {
            direct.cancel();
            direct = null;
        }
    }

    /** Looked at a few times a second. */
    void look(long now) {
        if (channel.isTooSlow(now) || letsOthersWait()) {
            abort();
        } else if (isOverdue(now)) {
            channel.close();
        } else if (direct != null) {
            direct.look(now);
        } else if (state == State.WAITING) {
            handover.closeIfUnused(now);
        }
    }

    private boolean isOverdue(long now) {
        long waited = now - since;
        boolean silent = now - lastRead > limits.silence().toNanos();
        return switch (state) {
            case WAITING ->
                received.isEmpty()
                        ? waited > (answeredBefore ? limits.keepAlive() : limits.silence()).toNanos()
                        : waited > limits.head().toNanos() || silent;
            case BODY -> {
                AddressLimits.Limit limit = handover.limit();
                yield silent || limit != null && waited > limit.within().toNanos();
            }
            case LEAVING -> waited > LEAVES_WITHIN;
            case DIRECT, HANDED_ON, TUNNEL -> false;
        };
    }

    /** It does not read an answer whose place others wait for. */
    private boolean letsOthersWait() {
        DirectExchange last = answeredLast;
        if (last == null || !last.holdsPlace()) {
            answeredLast = null;
            return false;
        }
        RequestPermits.Share share = RequestPermits.Share.SIGNED_IN;
        return channel.unread() > share.patience().toNanos()
                && loop.front().places().waiting(share) > 0;
    }
}
