package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.qlikbridge.eventloop.CallerTls;
import io.qlikbridge.http1.BodyEnd;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.http1.Heads;
import io.qlikbridge.http1.RequestHead;
import io.qlikbridge.web.AddressLimits;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.RequestPermits;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection. Requests are taken one after the other: a head is read to its end, and a body of ordinary length, before
 * anybody hears of them. What is not written in the one plain way goes to the application byte for byte with all that follows it, so
 * that there is one reader alone who could misread it.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {

    private enum State {
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

    private static final byte[] NOTHING = {};

    /** So much of the requests behind the present one is taken in advance. */
    private static final int MOST_AHEAD = 16 * 1024;

    /** What is around the chunks of a body. */
    private static final int MOST_AROUND = 16 * 1024;

    private static final long LEAVES_WITHIN = 5_000_000_000L;
    private static final long APPLICATION_KEPT = 2_000_000_000L;

    private final FrontLoop loop;
    private @Nullable ChannelHandlerContext context;

    private byte[] in = NOTHING;
    private int from;
    private int to;
    private int looked;
    private int held;

    private State state = State.WAITING;
    private long since = System.nanoTime();
    private boolean answeredBefore;
    private boolean inputEnded;
    private boolean gone;

    private @Nullable RequestHead head;
    private byte[] request = NOTHING;
    private int requestFrom;
    private int requestTo;
    private @Nullable BodyEnd body;
    private int bodyFrom;
    private int bodyLooked;
    private AddressLimits.@Nullable Limit limit;
    private boolean requestSent;

    private @Nullable HandedOn application;
    private @Nullable DirectExchange direct;
    private @Nullable DirectExchange answeredLast;

    private long queued;
    private long unread;
    private long lastLook = System.nanoTime();
    private long drained;
    private long lastRead;

    CallerConnection(FrontLoop loop) {
        this.loop = loop;
    }

    FrontLoop loop() {
        return loop;
    }

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

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
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
            take(piece);
        } finally {
            piece.release();
        }
    }

    private void take(ByteBuf piece) {
        if (gone) {
            return;
        }
        if (state == State.LEAVING) {
            drained += piece.readableBytes();
            if (drained > loop.setting().limits().swallowed()) {
                close();
            }
            return;
        }
        if (from == to && state == State.WAITING) {
            since = System.nanoTime();
        }
        lastRead = System.nanoTime();
        append(piece);
        advance();
    }

    private void append(ByteBuf piece) {
        int more = piece.readableBytes();
        if (from == to) {
            in = new byte[more];
            from = 0;
            to = 0;
            looked = 0;
        } else if (more > in.length - to) {
            int length = to - from;
            byte[] larger = new byte[Math.max(length + more, Math.min(2 * length, FrontLimits.LONGEST_BODY))];
            System.arraycopy(in, from, larger, 0, length);
            looked -= from;
            bodyLooked -= from;
            bodyFrom -= from;
            in = larger;
            from = 0;
            to = length;
        }
        piece.getBytes(piece.readerIndex(), in, to, more);
        to += more;
    }

    /** Goes on with what is here. */
    private void advance() {
        while (state == State.WAITING && from < to && !gone) {
            int end = Heads.end(in, Math.max(from, looked - 3), to);
            if (end < 0) {
                looked = to;
                if (to - from > loop.setting().limits().longestHead() || !isPlainSoFar()) {
                    tunnel();
                }
                break;
            }
            begin(end);
        }
        switch (state) {
            case BODY -> followBody();
            case HANDED_ON -> feed();
            case TUNNEL -> passOn();
            case WAITING, DIRECT, LEAVING -> {
                // nothing more can be done with it now
            }
        }
        count();
        if (state != State.WAITING && state != State.BODY && to - from > MOST_AHEAD) {
            read(false);
        }
        if (inputEnded && state == State.WAITING) {
            close();
        }
    }

    /** What cannot become a plain head any more is not waited for. */
    private boolean isPlainSoFar() {
        if (in[from] < 'A' || in[from] > 'Z') {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (in[at] == '\n' && in[at - 1] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void count() {
        int now = state == State.WAITING || state == State.BODY ? to - from : 0;
        int more = now - held;
        if (more != 0) {
            held = now;
            loop.hold(more);
        }
    }

    private void begin(int end) {
        RequestHead read = end - from > loop.setting().limits().longestHead() ? null : RequestHead.read(in, from, end);
        if (read == null) {
            tunnel();
            return;
        }
        head = read;
        request = in;
        requestFrom = from;
        requestTo = end;
        DirectExchange exchange = DirectExchange.of(this, read);
        if (exchange != null) {
            from = end;
            looked = end;
            state = State.DIRECT;
            direct = exchange;
            exchange.start();
        } else if (read.framing() == Framing.NO_BODY) {
            from = end;
            looked = end;
            handOn(request, requestFrom, requestTo);
            requestSent = true;
        } else {
            beginBody(read, end);
        }
    }

    private void beginBody(RequestHead read, int end) {
        AddressLimits.Limit allowed = loop.front().addresses().of(path(read.target()));
        limit = allowed;
        body = BodyEnd.of(read.framing(), read.length());
        bodyFrom = end;
        bodyLooked = end;
        long most = Math.min(allowed.body().toBytes(), FrontLimits.LONGEST_BODY);
        if (read.expectsContinue() || read.length() > most) {
            handOnUnfinished();
        } else {
            state = State.BODY;
            since = System.nanoTime();
        }
    }

    private String path(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String context = loop.setting().contextPath();
        return path.startsWith(context) ? path.substring(context.length()) : path;
    }

    private void followBody() {
        BodyEnd end = body;
        if (end == null || limit == null) {
            return;
        }
        bodyLooked = end.follow(in, bodyLooked, to, null);
        if (end.isMalformed()) {
            tunnel();
        } else if (end.isReached()) {
            int first = from;
            from = bodyLooked;
            looked = bodyLooked;
            handOn(in, first, bodyLooked);
            requestSent = true;
            loop.hold(-held);
            held = 0;
        } else if (bodyLooked - bodyFrom > limit.body().toBytes() + MOST_AROUND
                || bodyLooked - bodyFrom > FrontLimits.LONGEST_BODY + MOST_AROUND) {
            handOnUnfinished();
            passOn();
        }
    }

    /** The application hears of a request that is still coming. */
    private void handOnUnfinished() {
        int first = from;
        int last = bodyLooked;
        from = last;
        looked = last;
        handOn(in, first, last);
        requestSent = false;
        if (body != null && body.isReached()) {
            requestSent = true;
        }
    }

    private void feed() {
        BodyEnd end = body;
        if (requestSent || end == null || from == to || application == null) {
            return;
        }
        int at = end.follow(in, from, to, null);
        if (end.isMalformed()) {
            state = State.TUNNEL;
            application.tunnel();
            passOn();
            return;
        }
        application.send(in, from, at);
        from = at;
        looked = at;
        if (end.isReached()) {
            requestSent = true;
            if (!application.isBusy()) {
                next();
            }
        } else if (!application.isWritable()) {
            read(false);
        }
    }

    /** Everything from here on goes to the application as it is. */
    private void tunnel() {
        state = State.TUNNEL;
        loop.front().counts().handedOn();
        if (application != null) {
            application.close();
        }
        HandedOn opened = HandedOn.open(this);
        opened.tunnel();
        application = opened;
        passOn();
    }

    /** The application has changed the protocol. */
    void tunneled() {
        state = State.TUNNEL;
        passOn();
    }

    private void passOn() {
        HandedOn open = application;
        if (state == State.HANDED_ON) {
            feed();
        } else if (open != null && from < to) {
            open.send(in, from, to);
            from = to;
            if (!open.isWritable()) {
                read(false);
            }
        }
    }

    /**
     * Hands a request on that the front began to serve, and cannot. Nothing of an answer was sent.
     *
     * @param known what the application is to know of it; {@code null} for nothing
     */
    void handOn(FrontedCaller.@Nullable Known known) {
        direct = null;
        handOn(request, requestFrom, requestTo, known);
        requestSent = true;
    }

    private void handOn(byte[] bytes, int first, int last) {
        handOn(bytes, first, last, null);
    }

    private void handOn(byte[] bytes, int first, int last, FrontedCaller.@Nullable Known known) {
        RequestHead asked = head;
        if (asked == null) {
            return;
        }
        state = State.HANDED_ON;
        loop.front().counts().handedOn();
        HandedOn open = application;
        boolean repeatable = asked.framing() == Framing.NO_BODY
                && (asked.method().equals("GET") || asked.method().equals("HEAD"));
        if (open == null || !open.isIdle() || !repeatable || known != null) {
            if (open != null) {
                open.close();
            }
            open = HandedOn.open(this, known);
            application = open;
        }
        open.begin(asked.method());
        open.send(bytes, first, last);
    }

    /** The application's connection had ended before it could take the request. */
    void again() {
        application = null;
        handOn(request, requestFrom, requestTo);
    }

    /** Gives the caller a part of the application's answer. */
    void relay(ByteBuf piece) {
        ChannelHandlerContext open = context;
        if (gone || open == null) {
            piece.release();
            return;
        }
        queued += piece.readableBytes();
        open.write(piece);
        if (!open.channel().isWritable() && application != null) {
            application.read(false);
        }
    }

    void flush() {
        ChannelHandlerContext open = context;
        if (open != null && !gone) {
            open.flush();
        }
    }

    /** Gives the caller an answer, or a part of it, of the front's own. */
    void write(ByteBuf piece, @Nullable ChannelFutureListener written) {
        ChannelHandlerContext open = context;
        if (gone || open == null) {
            piece.release();
            return;
        }
        queued += piece.readableBytes();
        ChannelFuture future = open.writeAndFlush(piece);
        if (written != null) {
            future.addListener(written);
        }
    }

    boolean isWritable() {
        ChannelHandlerContext open = context;
        return open != null && open.channel().isWritable();
    }

    /** The answer to the present request is at its end. */
    void answered(boolean keepsAlive) {
        answeredBefore = true;
        unread = 0;
        flush();
        if (!keepsAlive) {
            leave();
        } else if (requestSent || direct != null) {
            next();
        }
    }

    private void next() {
        answeredLast = direct;
        direct = null;
        state = State.WAITING;
        since = System.nanoTime();
        head = null;
        body = null;
        request = NOTHING;
        requestSent = false;
        looked = from;
        read(true);
        if (from < to || inputEnded) {
            // not within the call that ended the answer before: thousands of requests may lie here
            loop.loop().execute(this::advance);
        }
    }

    /** Whether the caller closes the connection behind the answer to this request. */
    boolean closesBehind() {
        RequestHead asked = head;
        return asked != null && asked.closes();
    }

    void canSendMore() {
        if (state == State.TUNNEL || state == State.HANDED_ON && !requestSent) {
            read(true);
        }
    }

    void applicationGone(HandedOn which) {
        if (application == which) {
            application = null;
            if (state == State.HANDED_ON) {
                // it was answered, and the rest of it is not waited for
                leave();
            }
        }
    }

    /** Closes it for another one. */
    void giveUp() {
        if (state == State.WAITING && from == to) {
            close();
        } else {
            abort();
        }
    }

    private void read(boolean on) {
        ChannelHandlerContext open = context;
        // of input that has ended nothing more is to be read, and some systems refuse to be asked
        if (open != null && !inputEnded && open.channel().config().isAutoRead() != on) {
            open.channel().config().setAutoRead(on);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (isWritable()) {
            HandedOn open = application;
            if (open != null) {
                open.read(true);
            }
            DirectExchange exchange = direct;
            if (exchange != null) {
                exchange.goOn();
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            switch (state) {
                case WAITING, BODY -> {
                    if (from < to) {
                        // the end of the bytes is the application's to judge, as is a request that is not whole
                        tunnel();
                        endInput();
                    } else {
                        close();
                    }
                }
                case TUNNEL -> endInput();
                case HANDED_ON -> {
                    if (!requestSent) {
                        endInput();
                    }
                }
                case LEAVING -> close();
                case DIRECT -> {
                    // it gets its answer
                }
            }
        }
    }

    private void endInput() {
        if (application != null) {
            application.endInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable failure) {
        close();
    }

    /** Closes it behind the last byte of the answer. A system that closes it with bytes nobody has read resets it. */
    private void leave() {
        state = State.LEAVING;
        since = System.nanoTime();
        if (application != null) {
            application.close();
            application = null;
        }
        from = to;
        count();
        ChannelHandlerContext open = context;
        if (open == null) {
            return;
        }
        read(true);
        if (loop.setting().secure() || inputEnded) {
            open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
                if (open.channel() instanceof DuplexChannel duplex) {
                    duplex.shutdownOutput();
                }
            });
        }
    }

    /** The answer of the front's own was the last on this connection. */
    void leaveBehindAnswer() {
        direct = null;
        leave();
    }

    void closeIfIdle() {
        if (state == State.WAITING && from == to || state == State.LEAVING) {
            close();
        }
    }

    private void close() {
        ChannelHandlerContext open = context;
        if (open != null) {
            open.close();
        }
    }

    /** Ends it behind what was sent of an answer, which its framing shows not to be whole. */
    void breakOff() {
        ChannelHandlerContext open = context;
        if (open != null && !gone) {
            end();
            open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Cuts the connection off: what was not read yet is not kept for the caller either. */
    void abort() {
        ChannelHandlerContext open = context;
        if (open != null && !gone) {
            Channel channel = open.channel();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            end();
            channel.close();
        }
    }

    private void end() {
        if (gone) {
            return;
        }
        gone = true;
        loop.remove(this);
        loop.hold(-held);
        held = 0;
        in = NOTHING;
        from = 0;
        to = 0;
        if (application != null) {
            application.close();
            application = null;
        }
        if (direct != null) {
            direct.cancel();
            direct = null;
        }
    }

    /** Looked at a few times a second. */
    void look(long now) {
        long passed = now - lastLook;
        lastLook = now;
        FrontLimits limits = loop.setting().limits();
        long waited = now - since;
        unread = pending() > 0 ? unread + passed : 0;
        if (unread > limits.answer(queued - pending()).toNanos()) {
            abort();
            return;
        }
        if (letsOthersWait()) {
            abort();
            return;
        }
        boolean over = switch (state) {
            case WAITING -> isOverdue(limits, waited, now);
            case BODY ->
                limit != null && waited > limit.within().toNanos()
                        || now - lastRead > limits.silence().toNanos();
            case LEAVING -> waited > LEAVES_WITHIN;
            case DIRECT, HANDED_ON, TUNNEL -> false;
        };
        if (over) {
            close();
        } else if (direct != null) {
            direct.look(now);
        } else if (state == State.WAITING
                && application != null
                && application.isIdle()
                && now - application.idleSince() > APPLICATION_KEPT) {
            application.close();
            application = null;
        }
    }

    /** It does not read an answer whose place others wait for. */
    private boolean letsOthersWait() {
        DirectExchange last = answeredLast;
        if (last == null || !last.holdsPlace()) {
            answeredLast = null;
            return false;
        }
        RequestPermits.Share share = RequestPermits.Share.SIGNED_IN;
        return unread > share.patience().toNanos() && loop.front().places().waiting(share) > 0;
    }

    private boolean isOverdue(FrontLimits limits, long waited, long now) {
        if (from < to) {
            return waited > limits.head().toNanos()
                    || now - lastRead > limits.silence().toNanos();
        }
        return waited > (answeredBefore ? limits.keepAlive() : limits.silence()).toNanos();
    }

    /** For how long the caller has not read what it is sent. */
    long unread() {
        return unread;
    }

    private long pending() {
        ChannelHandlerContext open = context;
        ChannelOutboundBuffer buffer =
                open == null ? null : open.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** The address of who opened the connection. */
    String peer() {
        ChannelHandlerContext open = context;
        return open != null && open.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
    }

    /** From where the connection comes, for the application. */
    FrontedCaller described(FrontedCaller.@Nullable Known known) {
        ChannelHandlerContext open = context;
        if (open == null) {
            throw new IllegalStateException("The connection is not open yet");
        }
        SslHandler tls = open.pipeline().get(SslHandler.class);
        return new FrontedCaller(
                (InetSocketAddress) open.channel().remoteAddress(),
                (InetSocketAddress) open.channel().localAddress(),
                tls == null ? null : CallerTls.described(tls.engine().getSession()),
                known);
    }
}
