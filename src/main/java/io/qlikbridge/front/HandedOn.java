package io.qlikbridge.front;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.qlikbridge.eventloop.Bytes;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.http1.BodyEnd;
import io.qlikbridge.http1.Heads;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.FrontedCallers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the application, for the requests of one caller that the front does not serve by itself. Bytes go through as they are;
 * answers are followed to their ends, so that the front knows when the caller's next request begins.
 */
final class HandedOn extends ChannelInboundHandlerAdapter {

    private static final byte[] NOTHING = {};

    private final CallerConnection caller;
    private final long number;
    private @Nullable Channel channel;
    private boolean opened;
    private boolean gone;
    private boolean inputEnded;
    private byte[] unsent;

    private boolean tunnel;
    private boolean busy;
    private boolean heard;
    private int requests;
    private String method = "";
    private byte[] head = NOTHING;
    private @Nullable AnswerHead answer;
    private @Nullable BodyEnd body;
    private long idleSince;

    private HandedOn(CallerConnection caller, long number) {
        this.caller = caller;
        this.number = number;
        this.unsent = ByteBuffer.allocate(FrontedCallers.NUMBER).putLong(number).array();
    }

    static HandedOn open(CallerConnection caller) {
        return open(caller, null);
    }

    /** @param known what the application is to know of the first request on it */
    static HandedOn open(CallerConnection caller, FrontedCaller.@Nullable Known known) {
        FrontLoop loop = caller.loop();
        FrontedCallers callers = loop.setting().callers();
        HandedOn opened = new HandedOn(caller, callers.announce(caller.described(known)));
        Front.Setting setting = loop.setting();
        opened.channel = new Bootstrap()
                .group(loop.loop())
                .channel(setting.transport().application())
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                // what the application said before it closed is read, though it takes nothing more
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(opened)
                .connect(setting.application())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        opened.end();
                    }
                })
                .channel();
        return opened;
    }

    /** Another request begins on it. */
    void begin(String asked) {
        method = asked;
        busy = true;
        heard = false;
        requests++;
    }

    /** Everything goes through from now on, and nothing is followed any more. */
    void tunnel() {
        tunnel = true;
        busy = true;
    }

    /** Whether the present request is still to be answered. */
    boolean isBusy() {
        return busy;
    }

    boolean isIdle() {
        return !busy && !gone;
    }

    long idleSince() {
        return idleSince;
    }

    /** Whether the connection had been used before, and nothing was answered to the present request: it may never have arrived. */
    private boolean mayBeStale() {
        return requests > 1 && !heard;
    }

    void send(byte[] bytes, int from, int to) {
        Channel open = channel;
        if (unsent.length > 0 || open == null) {
            int length = unsent.length;
            unsent = Arrays.copyOf(unsent, length + to - from);
            System.arraycopy(bytes, from, unsent, length, to - from);
            sendUnsent();
        } else {
            open.writeAndFlush(Unpooled.wrappedBuffer(bytes, from, to - from));
        }
    }

    /** The number goes together with what follows it, by which the application tells what the connection is for. */
    private void sendUnsent() {
        Channel open = channel;
        if (opened && open != null && unsent.length > FrontedCallers.NUMBER) {
            byte[] first = unsent;
            unsent = NOTHING;
            open.writeAndFlush(Unpooled.wrappedBuffer(first));
            if (inputEnded) {
                endInput();
            }
        }
    }

    /** Whether it takes more at once. */
    boolean isWritable() {
        Channel open = channel;
        return opened && open != null && open.isWritable();
    }

    /** @param on whether answers are read now */
    void read(boolean on) {
        Channel open = channel;
        if (open != null) {
            open.config().setAutoRead(on);
        }
    }

    /** The caller sends nothing more. */
    void endInput() {
        inputEnded = true;
        if (channel instanceof DuplexChannel open && opened && unsent.length == 0) {
            // behind what is still to be written: closing the output drops it
            open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> open.shutdownOutput());
        }
    }

    void close() {
        gone = true;
        forget();
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    private void forget() {
        caller.loop().setting().callers().forget(number);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        opened = true;
        sendUnsent();
        caller.canSendMore();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf piece = (ByteBuf) message;
        heard = true;
        try {
            if (!gone) {
                take(piece);
            }
        } finally {
            piece.release();
        }
    }

    private void take(ByteBuf piece) {
        if (tunnel) {
            caller.relay(piece.retainedDuplicate());
            return;
        }
        byte[] bytes = Bytes.of(piece);
        int at = Bytes.offset(piece);
        int end = at + piece.readableBytes();
        caller.relay(piece.retainedDuplicate());
        while (at < end && !gone && !tunnel) {
            at = follow(bytes, at, end);
        }
    }

    private int follow(byte[] bytes, int from, int to) {
        BodyEnd under = body;
        if (under == null) {
            return followHead(bytes, from, to);
        }
        int at = under.follow(bytes, from, to, null);
        if (under.isMalformed()) {
            caller.breakOff();
        } else if (under.isReached()) {
            endAnswer();
        }
        return at;
    }

    private int followHead(byte[] bytes, int from, int to) {
        int known = head.length;
        byte[] all = known == 0 ? bytes : Arrays.copyOf(head, known + to - from);
        int start = known == 0 ? from : 0;
        int stop = known == 0 ? to : all.length;
        if (known > 0) {
            System.arraycopy(bytes, from, all, known, to - from);
        }
        int end = Heads.end(all, start, stop);
        if (end < 0) {
            head = known == 0 ? Arrays.copyOfRange(bytes, from, to) : all;
            return to;
        }
        head = NOTHING;
        AnswerHead read = AnswerHead.read(all, start, end, method);
        if (read == null) {
            caller.breakOff();
            return to;
        }
        if (read.status() == SWITCHING) {
            tunnel();
            caller.tunneled();
        } else if (!read.isInterim()) {
            answer = read;
            BodyEnd begun = BodyEnd.of(read.framing(), read.length());
            body = begun;
            if (begun.isReached()) {
                endAnswer();
            }
        }
        return known == 0 ? end : from + end - known;
    }

    private static final int SWITCHING = 101;

    private void endAnswer() {
        boolean keepsAlive = answer != null && answer.keepsAlive();
        answer = null;
        body = null;
        busy = false;
        idleSince = System.nanoTime();
        caller.answered(keepsAlive);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        caller.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            caller.canSendMore();
        }
    }

    /** The application sends nothing more. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    /** RFC 9112, section 8: an answer that is told by the end of its connection ends here, every other one is cut off. */
    private void end() {
        forget();
        if (gone) {
            return;
        }
        gone = true;
        AnswerHead under = answer;
        if (tunnel || under != null && under.framing() == io.qlikbridge.http1.Framing.UNTIL_CLOSE) {
            busy = false;
            caller.answered(false);
        } else if (busy && mayBeStale()) {
            caller.again();
        } else if (busy) {
            caller.breakOff();
        } else {
            caller.applicationGone(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
