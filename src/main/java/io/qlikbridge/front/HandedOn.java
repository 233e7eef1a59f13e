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
import io.qlikbridge.http1.AnswerFollower;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.http1.Framing;
import io.qlikbridge.wire.FrontedCaller;
import io.qlikbridge.wire.FrontedCallers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the application, for the requests of one caller that the front does not serve by itself. Bytes go through as they are;
 * answers are followed to their ends, so that the front knows when the caller's next request begins.
 */
final class HandedOn extends ChannelInboundHandlerAdapter implements AnswerFollower.Listener {

    private static final byte[] NOTHING = {};
    private static final int SWITCHING = 101;

    private final CallerConnection caller;
    private final long number;
    private final AnswerFollower answers = new AnswerFollower();
    private @Nullable Channel channel;
    private boolean opened;
    private boolean gone;
    private boolean inputEnded;
    private byte[] unsent;

    private boolean tunnel;
    private boolean busy;
    private boolean heard;
    private int requests;
    private long idleSince;

    private HandedOn(CallerConnection caller, long number) {
        this.caller = caller;
        this.number = number;
        this.unsent = ByteBuffer.allocate(FrontedCallers.NUMBER).putLong(number).array();
    }

    /** @param known what the application is to know of the first request on it; {@code null} for nothing */
    static HandedOn open(CallerConnection caller, FrontedCaller.@Nullable Known known) {
        FrontLoop loop = caller.loop();
        Front.Setting setting = loop.setting();
        HandedOn opened =
                new HandedOn(caller, setting.callers().announce(caller.channel().described(known)));
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
    void begin(String method) {
        answers.asked(method);
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

    /** Since when it is, as {@link System#nanoTime} has it. */
    long idleSince() {
        return idleSince;
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
        if (open != null && open.config().isAutoRead() != on) {
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
        forgetNumber();
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    private void forgetNumber() {
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
        try {
            if (!gone) {
                heard = true;
                Bytes read = caller.loop().read();
                read.take(piece);
                caller.relay(piece.retainedDuplicate());
                answers.follow(read.array(), read.from(), read.to(), this);
            }
        } finally {
            piece.release();
        }
    }

    @Override
    public void begun(AnswerHead answer) {
        if (answer.status() == SWITCHING) {
            tunnel();
            caller.tunneled();
        }
    }

    @Override
    public void ended(AnswerHead answer, boolean nothingBehind) {
        busy = false;
        idleSince = System.nanoTime();
        caller.answered(answer.keepsAlive());
    }

    @Override
    public void malformed() {
        caller.breakOff();
    }

    @Override
    public boolean isOver() {
        return gone || tunnel;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        caller.channel().flush();
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
        forgetNumber();
        if (gone) {
            return;
        }
        gone = true;
        AnswerHead under = answers.answer();
        if (tunnel || under != null && under.framing().kind() == Framing.Kind.UNTIL_CLOSE) {
            busy = false;
            caller.answered(false);
        } else if (busy && requests > 1 && !heard) {
            // it had been used before, so the request may never have arrived
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
