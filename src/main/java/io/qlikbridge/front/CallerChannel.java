package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.qlikbridge.eventloop.CallerTls;
import io.qlikbridge.wire.FrontedCaller;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way to a caller: what it is sent, how far it reads, and how its connection ends. For one thread. */
final class CallerChannel {

    private final boolean secure;
    private final ReadingPace pace;
    private @Nullable ChannelHandlerContext context;
    private boolean inputEnded;
    private boolean gone;

    /** @param secure whether the caller comes by TLS */
    CallerChannel(FrontLimits limits, boolean secure) {
        this.secure = secure;
        this.pace = new ReadingPace(limits);
    }

    void opened(ChannelHandlerContext open) {
        context = open;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "The connection is not open yet");
    }

    private Channel channel() {
        return context().channel();
    }

    /** Nothing more is sent from now on. */
    void forget() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** The caller sends nothing more. */
    void endInput() {
        inputEnded = true;
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    /** Another answer begins. */
    void beginAnswer() {
        pace.begin(pending());
    }

    /** Sends something together with what is sent next, or at {@link #flush}. */
    void relay(ByteBuf piece) {
        if (gone) {
            piece.release();
            return;
        }
        pace.sent(piece.readableBytes());
        context().write(piece);
    }

    void flush() {
        if (!gone) {
            context().flush();
        }
    }

    /** Sends something at once. */
    void write(ByteBuf piece, @Nullable ChannelFutureListener written) {
        if (gone) {
            piece.release();
            return;
        }
        pace.sent(piece.readableBytes());
        ChannelFuture future = context().writeAndFlush(piece);
        if (written != null) {
            future.addListener(written);
        }
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    /** @param on whether more of the caller's is read */
    void read(boolean on) {
        // of input that has ended nothing more is to be read, and some systems refuse to be asked
        if (!inputEnded && channel().config().isAutoRead() != on) {
            channel().config().setAutoRead(on);
        }
    }

    /** Whether the caller has taken longer to read its answers than it may. */
    boolean isTooSlow(long now) {
        return pace.isOver(now, pending());
    }

    /** For how many nanoseconds something has been waiting to be read, as far as was seen. */
    long unread() {
        return pace.unread();
    }

    private long pending() {
        ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    void close() {
        context().close();
    }

    /** Ends it behind all that was sent. */
    void closeBehind() {
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends what is sent behind the last byte of it, and reads on, so that the caller does not lose it in a reset. */
    void endOutput() {
        if (secure || inputEnded) {
            closeBehind();
        } else if (channel() instanceof DuplexChannel duplex) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> duplex.shutdownOutput());
        }
    }

    /** Cuts the connection off: what was not read yet is not kept for the caller either. */
    void reset() {
        channel().config().setOption(ChannelOption.SO_LINGER, 0);
        channel().close();
    }

    /** The address of who opened the connection. */
    String peer() {
        return channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
    }

    /**
     * From where the connection comes, for the application.
     *
     * @param known what the front knows of the first request on it
     */
    FrontedCaller described(FrontedCaller.@Nullable Known known) {
        SslHandler tls = context().pipeline().get(SslHandler.class);
        return new FrontedCaller(
                (InetSocketAddress) channel().remoteAddress(),
                (InetSocketAddress) channel().localAddress(),
                tls == null ? null : CallerTls.described(tls.engine().getSession()),
                known);
    }
}
