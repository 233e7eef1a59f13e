package io.qlikbridge.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that were accepted and are not served yet: until their callers have sent something, and there is capacity for them. One
 * costs a kilobyte here and a hundred when it is served, so thousands can be accepted at once instead of waiting in the backlog of the
 * socket, where nobody sees what they ask for. Only the first bytes are read, as many as identify a liveness probe, which is served
 * first.
 *
 * <p>When there are more than the limit, the connection that has been idle for longest is closed; when all have sent something, the one
 * that was accepted first.
 */
final class PendingConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PendingConnections.class);
    private static final long LOOK_EVERY_MILLIS = 200;

    /** The limit may be exceeded by this part of it while others are being closed. */
    private static final int EXCESS = 8;

    /** What serves the connections. Called by one thread alone. */
    interface Server {

        /** @return whether another connection can be served, for which others may have been closed */
        boolean hasCapacity();

        /** @return whether another probe can be served */
        boolean hasProbeCapacity();

        void serve(Pending connection);

        void close(SocketChannel channel);
    }

    /**
     * A connection whose caller has sent something.
     *
     * @param firstBytes read from the channel already; empty with TLS
     * @param probe whether they ask for liveness
     * @param caller whose connection the front has handed on; {@code null} for one that the caller opened itself
     */
    record Pending(
            SocketChannel channel,
            byte[] firstBytes,
            boolean probe,
            @Nullable FrontedCaller caller) {}

    private static final class Idle {

        private final SocketChannel channel;
        private final long since = System.nanoTime();
        private @Nullable SelectionKey key;

        private Idle(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Server server;
    private final int limit;
    private final Duration idleTimeout;
    private final boolean tls;
    private final @Nullable FrontedCallers fronted;
    private final byte[] probe;
    private final ByteBuffer buffer;
    private final Selector selector;
    private final Queue<Idle> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Idle> idle = new LinkedHashSet<>();
    private final Queue<Pending> probes = new ArrayDeque<>();
    private final Queue<Pending> readable = new ArrayDeque<>();
    private boolean cancelled;
    private volatile boolean closed;

    /**
     * @param limit how many connections may be pending
     * @param idleTimeout after which a connection is closed
     * @param probe what the request line of a probe begins with, in ASCII
     * @param tls whether callers speak TLS: then nothing is read, and no probe is known
     * @param fronted whose connections come, each beginning with its number; {@code null} where callers come themselves
     */
    PendingConnections(
            Server server, int limit, Duration idleTimeout, String probe, boolean tls, @Nullable FrontedCallers fronted)
            throws IOException {
        this.server = server;
        this.limit = limit;
        this.idleTimeout = idleTimeout;
        this.tls = tls;
        this.fronted = fronted;
        this.probe = probe.getBytes(StandardCharsets.US_ASCII);
        this.buffer = ByteBuffer.allocateDirect(this.probe.length + (fronted == null ? 0 : FrontedCallers.NUMBER));
        this.selector = Selector.open();
    }

    void start(String name) {
        Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /**
     * Takes over a connection that was accepted.
     *
     * @throws IOException when it is closed already, or no more are taken
     */
    void add(SocketChannel channel) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        channel.configureBlocking(false);
        count.incrementAndGet();
        accepted.add(new Idle(channel));
        selector.wakeup();
    }

    /** Whether some have to be closed before another is accepted. */
    boolean isFull() {
        return count.get() > limit + limit / EXCESS;
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(this::onReadable, readable.isEmpty() && probes.isEmpty() ? LOOK_EVERY_MILLIS : 1);
                register();
                if (cancelled) {
                    // a channel that is still registered here could not be closed elsewhere
                    cancelled = false;
                    selector.selectNow(this::onReadable);
                }
                serve();
                evict();
                closeIdle();
            } catch (IOException | RuntimeException | OutOfMemoryError unexpected) {
                // without this thread no connection would be served any more
                log.error("Pending connections could not be looked at", unexpected);
            }
        }
        closeAll();
    }

    private void register() {
        for (Idle one = accepted.poll(); one != null; one = accepted.poll()) {
            idle.add(one);
            if (tls || !read(one)) {
                try {
                    one.key = one.channel.register(selector, SelectionKey.OP_READ, one);
                } catch (IOException gone) {
                    close(one);
                }
            }
        }
    }

    private void onReadable(SelectionKey key) {
        if (key.attachment() instanceof Idle one) {
            if (tls) {
                remove(one);
                readable.add(new Pending(one.channel, new byte[0], false, null));
            } else {
                read(one);
            }
        }
    }

    /** @return whether it is idle no longer */
    private boolean read(Idle one) {
        try {
            buffer.clear();
            int length = one.channel.read(buffer);
            if (length < 0) {
                close(one);
            } else if (length > 0) {
                buffer.flip();
                FrontedCaller caller = fronted == null ? null : caller(fronted);
                if (fronted != null && caller == null) {
                    close(one);
                    return true;
                }
                byte[] firstBytes = new byte[buffer.remaining()];
                buffer.get(firstBytes);
                remove(one);
                boolean isProbe = Arrays.equals(firstBytes, probe);
                (isProbe ? probes : readable).add(new Pending(one.channel, firstBytes, isProbe, caller));
            }
            return length != 0;
        } catch (IOException gone) {
            close(one);
            return true;
        }
    }

    /** The front sends the number together with what follows it. */
    private @Nullable FrontedCaller caller(FrontedCallers callers) {
        return buffer.remaining() < FrontedCallers.NUMBER ? null : callers.take(buffer.getLong());
    }

    private void serve() {
        while (!probes.isEmpty() && (server.hasProbeCapacity() || server.hasCapacity())) {
            count.decrementAndGet();
            server.serve(probes.remove());
        }
        while (!readable.isEmpty() && server.hasCapacity()) {
            count.decrementAndGet();
            server.serve(readable.remove());
        }
    }

    private void evict() {
        while (count.get() > limit && !idle.isEmpty()) {
            close(idle.iterator().next());
        }
        while (count.get() > limit && !(readable.isEmpty() && probes.isEmpty())) {
            count.decrementAndGet();
            server.close((readable.isEmpty() ? probes : readable).remove().channel());
        }
    }

    private void closeIdle() {
        long now = System.nanoTime();
        while (!idle.isEmpty()) {
            Idle oldest = idle.iterator().next();
            if (now - oldest.since < idleTimeout.toNanos()) {
                return;
            }
            close(oldest);
        }
    }

    private void close(Idle one) {
        remove(one);
        count.decrementAndGet();
        server.close(one.channel);
    }

    private void remove(Idle one) {
        idle.remove(one);
        SelectionKey key = one.key;
        if (key != null) {
            key.cancel();
            cancelled = true;
        }
    }

    private void closeAll() {
        try {
            selector.close();
        } catch (IOException failed) {
            log.debug("The selector of pending connections could not be closed", failed);
        }
        for (Idle one = accepted.poll(); one != null; one = accepted.poll()) {
            server.close(one.channel);
        }
        idle.forEach(one -> server.close(one.channel));
        probes.forEach(pending -> server.close(pending.channel()));
        readable.forEach(pending -> server.close(pending.channel()));
    }

    /** Closes all that are pending. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
