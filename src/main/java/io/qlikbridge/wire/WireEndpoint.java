package io.qlikbridge.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's endpoint, with an end to all that waits for a caller. Tomcat bounds the silence between two bytes, not the time for all of
 * them, and takes no further connection once it has as many as it may; this one accepts them all, as {@link PendingConnections}, and gives
 * up the connection that has been waiting for its caller for longest, so a new caller is always served. A liveness probe is served
 * before all others, on threads of its own, so that it is answered while there is more to do than there are processors.
 */
final class WireEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(WireEndpoint.class);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final int SHARE_GIVEN_UP = 16;
    private static final int MOST_PROBES = 32;

    private final Wires wires = new Wires(channel -> (NioSocketWrapper) connections.get(channel));
    private volatile @Nullable WireLimits limits;
    private volatile @Nullable RequestPermits places;
    private String probe = "";
    private @Nullable FrontedCallers fronted;
    private @Nullable PendingConnections pending;
    private @Nullable ExecutorService probes;

    /**
     * @param contended whose waiters have those cut off who let them wait; none on a port without places
     * @param probePath where liveness is asked for
     */
    void limit(WireLimits allowed, @Nullable RequestPermits contended, String probePath) {
        limits = allowed;
        places = contended;
        // with the blank behind it: what goes on behind the path is something else
        probe = "GET " + probePath + " ";
    }

    /** Has connections come from the front alone. */
    void front(FrontedCallers callers) {
        fronted = callers;
    }

    @Override
    public void startInternal() throws Exception {
        boolean first = !running;
        WireLimits allowed = limits;
        if (first && allowed != null) {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    MOST_PROBES,
                    MOST_PROBES,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_PROBES),
                    Thread.ofPlatform().daemon().name(getName() + "-Probes-", 0).factory());
            threads.allowCoreThreadTimeOut(true);
            probes = threads;
            pending = new PendingConnections(
                    new Capacities(allowed),
                    allowed.pending(),
                    Duration.ofMillis(getConnectionTimeout()),
                    probe,
                    isSSLEnabled(),
                    fronted);
        }
        super.startInternal();
        if (pending != null && first && allowed != null) {
            pending.start(getName() + "-Pending");
            Thread.ofPlatform().daemon().name(getName() + "-Wires").start(() -> look(allowed, places));
        }
    }

    @Override
    public void stopInternal() {
        PendingConnections taken = pending;
        if (taken != null) {
            taken.close();
            pending = null;
        }
        super.stopInternal();
        ExecutorService started = probes;
        if (started != null) {
            started.shutdown();
            probes = null;
        }
    }

    /** A graceful stop has closed it before. */
    @Override
    protected void doCloseServerSocket() throws IOException {
        try {
            super.doCloseServerSocket();
        } catch (NoSuchFileException closed) {
            log.debug("The socket of the front was closed before", closed);
        }
    }

    @Override
    protected void countUpOrAwaitConnection() throws InterruptedException {
        PendingConnections taken = pending;
        while (taken != null && taken.isFull() && running && !isPaused()) {
            Thread.sleep(1);
        }
        super.countUpOrAwaitConnection();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        PendingConnections taken = pending;
        if (taken == null) {
            return super.setSocketOptions(socket);
        }
        try {
            taken.add(socket);
        } catch (IOException gone) {
            destroySocket(socket);
        }
        return true;
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return isSSLEnabled() ? super.createChannel(buffers) : new DrainedChannel(buffers);
    }

    private void serve(PendingConnections.Pending connection) {
        Wire wire = new Wire(connection, System.nanoTime());
        // until a thread has looked at it, whatever the poller says of it
        wire.pending();
        wires.add(wire);
        if (!super.setSocketOptions(connection.channel())) {
            wires.remove(wire);
            closeSocket(connection.channel());
            return;
        }
        if (connections.get(connection.channel()) instanceof NioSocketWrapper socket) {
            if (connection.caller() != null) {
                SocketNames.set(socket, connection.caller());
            }
            // it waits for its caller only once a thread has found too little: what was read may be all there is
            socket.interestOps(0);
            process(socket, wire, SocketEvent.OPEN_READ, true);
        }
    }

    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        Wire wire = socket == null ? null : wireOf(socket);
        if (socket == null || wire == null) {
            return super.processSocket(socket, event, dispatch);
        }
        if (event == SocketEvent.OPEN_READ && wire.isPending()) {
            // a thread is about to read all there is
            return true;
        }
        wire.pending();
        return process(socket, wire, event, dispatch);
    }

    private boolean process(SocketWrapperBase<NioChannel> socket, Wire wire, SocketEvent event, boolean dispatch) {
        return wire.asksForLiveness() && isTakenByProbes(socket, event) || super.processSocket(socket, event, dispatch);
    }

    private boolean isTakenByProbes(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        ExecutorService threads = probes;
        if (threads == null || event != SocketEvent.OPEN_READ) {
            return false;
        }
        try {
            threads.execute(createSocketProcessor(socket, event));
            return true;
        } catch (RejectedExecutionException tooMany) {
            return false;
        }
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        return new WireProcessor(socket, event);
    }

    private @Nullable Wire wireOf(SocketWrapperBase<NioChannel> socket) {
        SocketChannel channel = socket.getSocket().getIOChannel();
        return channel == null ? null : wires.of(channel);
    }

    private void look(WireLimits allowed, @Nullable RequestPermits contended) {
        while (running) {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
                wires.endWhatIsOver(allowed, contended);
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException unexpected) {
                log.error("Connections whose time is over could not be looked for", unexpected);
            }
        }
    }

    private final class Capacities implements PendingConnections.Server {

        private final WireLimits allowed;

        private Capacities(WireLimits allowed) {
            this.allowed = allowed;
        }

        @Override
        public boolean hasCapacity() {
            return connections.size() < allowed.most()
                    || wires.giveUp(Math.max(1, allowed.most() / SHARE_GIVEN_UP), wire -> true)
                            && connections.size() < allowed.most();
        }

        @Override
        public boolean hasProbeCapacity() {
            int most = allowed.most() + MOST_PROBES;
            // one that keeps something back, such as a body, is closed for the next
            return connections.size() < most || wires.giveUp(1, Wire::isProbe) && connections.size() < most;
        }

        @Override
        public void serve(PendingConnections.Pending connection) {
            WireEndpoint.this.serve(connection);
        }

        @Override
        public void close(SocketChannel channel) {
            destroySocket(channel);
        }
    }

    private final class WireProcessor extends SocketProcessor {

        WireProcessor(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            super(socket, event);
        }

        @Override
        protected void doRun() {
            SocketWrapperBase<NioChannel> socket = socketWrapper;
            Wire wire = wireOf(socket);
            if (wire == null) {
                super.doRun();
                return;
            }
            wire.enter(System.nanoTime());
            byte[] firstBytes = wire.takeFirstBytes();
            if (firstBytes != null) {
                returnToBuffer(firstBytes);
            }
            try {
                super.doRun();
            } finally {
                wire.leave(socket.getCurrentProcessor() != null, System.nanoTime());
            }
        }

        /**
         * Has the first bytes read again, together with what came in since: a request that is refused before all of it was read
         * would be answered by a reset of the connection.
         */
        private void returnToBuffer(byte[] firstBytes) {
            socketWrapper.unRead(ByteBuffer.wrap(firstBytes));
            SocketChannel channel = socketWrapper.getSocket().getIOChannel();
            if (firstBytes.length > 0 && channel != null) {
                SocketBufferHandler buffers = socketWrapper.getSocketBufferHandler();
                buffers.configureReadBufferForWrite();
                try {
                    channel.read(buffers.getReadBuffer());
                } catch (IOException gone) {
                    log.debug("A connection ended while its request was read", gone);
                }
            }
        }
    }
}
