package io.qlikbridge.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.eventloop.Bytes;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.http1.BodyEnd;
import io.qlikbridge.http1.Heads;
import java.io.IOException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A connection to a tenant, for one call after the other. Used by its event loop's thread alone. */
final class TenantLine extends ChannelInboundHandlerAdapter {

    private static final byte[] NOTHING = {};

    /** More than the edge of Qlik Cloud lets through. */
    private static final int LONGEST_HEAD = 64 * 1024;

    private final TenantLines lines;
    private final TenantLines.Place place;
    private final @Nullable SSLContext trust;
    private final String host;
    private @Nullable Channel channel;
    private boolean connected;
    private boolean closed;
    private int calls;
    private long restsSince;

    private @Nullable DirectExchange exchange;
    private @Nullable AnswerBuffer unsent;
    private boolean heard;
    private byte[] head = NOTHING;
    private @Nullable AnswerHead answer;
    private @Nullable BodyEnd body;

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

    String host() {
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
    void send(AnswerBuffer message, DirectExchange asking) {
        exchange = asking;
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
            open.writeAndFlush(Unpooled.wrappedBuffer(message.bytes(), 0, message.length()));
        }
    }

    /** @param on whether the answer is read on now */
    void read(boolean on) {
        Channel open = channel;
        if (open != null && open.config().isAutoRead() != on) {
            open.config().setAutoRead(on);
        }
    }

    void close() {
        closed = true;
        exchange = null;
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
            byte[] bytes = Bytes.of(piece);
            int at = Bytes.offset(piece);
            int end = at + piece.readableBytes();
            while (at < end && !closed) {
                at = follow(bytes, at, end);
            }
        } finally {
            piece.release();
        }
    }

    private int follow(byte[] bytes, int from, int to) {
        DirectExchange asking = exchange;
        if (asking == null) {
            // nobody has asked for anything
            close();
            return to;
        }
        heard = true;
        BodyEnd under = body;
        if (under == null) {
            return followHead(asking, bytes, from, to);
        }
        int at = under.follow(bytes, from, to, asking::body);
        if (under.isMalformed()) {
            fail(new IOException("A malformed chunk"));
        } else if (under.isReached()) {
            end(asking, at == to);
        }
        return at;
    }

    private int followHead(DirectExchange asking, byte[] bytes, int from, int to) {
        int known = head.length;
        byte[] all = bytes;
        int start = from;
        int stop = to;
        if (known > 0) {
            all = Arrays.copyOf(head, known + to - from);
            System.arraycopy(bytes, from, all, known, to - from);
            start = 0;
            stop = all.length;
        }
        int end = Heads.end(all, start, stop);
        if (end < 0) {
            if (stop - start > LONGEST_HEAD) {
                fail(new IOException("Longer than " + LONGEST_HEAD + " bytes"));
            } else {
                head = known > 0 ? all : Arrays.copyOfRange(bytes, from, to);
            }
            return to;
        }
        head = NOTHING;
        // who reads it keeps it, and the bytes at hand are used again
        AnswerHead read = AnswerHead.read(Arrays.copyOfRange(all, start, end), 0, end - start, "GET");
        if (read == null || read.status() == 101) {
            fail(new IOException("A malformed head"));
            return to;
        }
        int at = known > 0 ? from + end - known : end;
        if (!read.isInterim()) {
            begin(asking, read, at == to);
        }
        return at;
    }

    private void begin(DirectExchange asking, AnswerHead read, boolean nothingBehind) {
        answer = read;
        BodyEnd begun = BodyEnd.of(read.framing(), read.length());
        body = begun;
        asking.answered(read);
        if (!closed && begun.isReached()) {
            end(asking, nothingBehind);
        }
    }

    private void end(DirectExchange asking, boolean nothingBehind) {
        boolean keepsAlive = answer != null && answer.keepsAlive() && nothingBehind;
        answer = null;
        body = null;
        exchange = null;
        if (closed) {
            return;
        }
        if (keepsAlive) {
            read(true);
            lines.giveBack(this);
        } else {
            close();
        }
        asking.ended();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        DirectExchange asking = exchange;
        if (asking != null) {
            asking.paused();
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
        DirectExchange asking = exchange;
        exchange = null;
        boolean stale = calls > 1 && !heard;
        close();
        if (asking != null) {
            asking.failed(failure, stale);
        }
    }
}
