package io.qlikbridge.tenantline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.eventloop.Bytes;
import io.qlikbridge.http1.AnswerFollower;
import io.qlikbridge.http1.AnswerHead;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A connection to a tenant, for one call after the other. Used by its event loop's thread alone. */
public final class TenantLine extends ChannelInboundHandlerAdapter implements AnswerFollower.Listener {

    private static final int SWITCHING = 101;

    private final TenantLines lines;
    private final TenantLines.Place place;
    private final @Nullable SSLContext trust;
    private final String host;
    private @Nullable Channel channel;
    private boolean connected;
    private boolean closed;
    private int calls;
    private long restsSince;

    private @Nullable Asking asking;
    private @Nullable AnswerBuffer unsent;
    private boolean heard;
    private final AnswerFollower answers = new AnswerFollower();

    TenantLine(TenantLines lines, TenantLines.Place place, @Nullable SSLContext trust) {
        this.lines = lines;
        this.place = place;
        this.trust = trust;
        this.host = place.name();
    }

    void connecting(ChannelFuture future) {
        channel = future.channel();
        future.addListener(done -> {
            if (!done.isSuccess()) {
                lines.unreachable(place);
                fail(new IOException("No connection", done.cause()));
            }
        });
    }

    /** As the header {@code Host} is to name the tenant. */
    public String host() {
        return host;
    }

    TenantLines.Place place() {
        return place;
    }

    @Nullable
    SSLContext trust() {
        return trust;
    }

    boolean isOpen() {
        Channel open = channel;
        return !closed && open != null && (open.isActive() || !connected);
    }

    void rest() {
        restsSince = System.nanoTime();
    }

    long restsSince() {
        return restsSince;
    }

    /** Makes a call: its head is all of it. */
    public void send(AnswerBuffer message, Asking by) {
        asking = by;
        heard = false;
        calls++;
        if (connected) {
            write(message);
        } else if (closed) {
            fail(new IOException("No connection"));
        } else {
            unsent = message;
        }
    }

    private void write(AnswerBuffer message) {
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(message.wrapped());
        }
    }

    /** @param on whether the answer is read on now */
    public void read(boolean on) {
        Channel open = channel;
        if (open != null && open.config().isAutoRead() != on) {
            open.config().setAutoRead(on);
        }
    }

    public void close() {
        closed = true;
        asking = null;
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = true;
        AnswerBuffer waiting = unsent;
        unsent = null;
        if (waiting != null) {
            write(waiting);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf piece = (ByteBuf) message;
        try {
            if (asking == null) {
                // nobody has asked for anything
                close();
                return;
            }
            heard = true;
            Bytes read = lines.read();
            read.take(piece);
            answers.follow(read.array(), read.from(), read.to(), this);
        } finally {
            piece.release();
        }
    }

    @Override
    public void begun(AnswerHead answer) {
        Asking by = asking;
        if (answer.status() == SWITCHING) {
            malformed();
        } else if (by != null) {
            by.answered(answer);
        }
    }

    @Override
    public void piece(byte[] bytes, int from, int to) {
        Asking by = asking;
        if (by != null) {
            by.body(bytes, from, to);
        }
    }

    @Override
    public void ended(AnswerHead answer, boolean nothingBehind) {
        Asking by = asking;
        asking = null;
        if (answer.keepsAlive() && nothingBehind) {
            read(true);
            lines.giveBack(this);
        } else {
            close();
        }
        if (by != null) {
            by.ended();
        }
    }

    @Override
    public void malformed() {
        fail(new IOException("A malformed answer"));
    }

    @Override
    public boolean isOver() {
        return closed || asking == null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Asking by = asking;
        if (by != null) {
            by.paused();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("The connection was closed before the end of the answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        fail(failure instanceof IOException told ? told : new IOException("The connection failed", failure));
    }

    private void fail(IOException failure) {
        Asking by = asking;
        asking = null;
        boolean stale = calls > 1 && !heard;
        close();
        if (by != null) {
            by.failed(failure, stale);
        }
    }
}
