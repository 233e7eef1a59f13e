package io.qlikbridge.web;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's endpoint, with an end to all that waits for a caller. Tomcat bounds the silence between two bytes, not the time for all of
 * them, and takes no further connection once it has as many as it may; this one has them wait in a {@link Lobby}, and gives up the
 * connection that has been waiting for its caller for longest, so a new caller always comes in. A probe of liveness goes before all
 * others, on threads of its own, so that it is answered while there is more to do than there are processors.
 *
 * <p>A connection that no thread is at is closed under its lock. Of one that a thread waits at, the socket is shut down, and the
 * thread finds out and closes it: Tomcat's own objects are touched by one thread at a time.
 */
final class WireEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(WireEndpoint.class);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final int SHARE_GIVEN_UP = 16;
    private static final int MOST_PROBES = 32;

    private final Map<SocketChannel, Wire> wires = new ConcurrentHashMap<>();
    private volatile @Nullable WireLimits limits;
    private volatile @Nullable Places places;
    private String probe = "";
    private @Nullable Lobby lobby;
    private @Nullable ExecutorService probes;

    /**
     * @param contended whose waiters have those cut off who let them wait; none on a port without places
     * @param probePath where liveness is asked for
     */
    void limit(WireLimits allowed, @Nullable Places contended, String probePath) {
        limits = allowed;
        places = contended;
        // with the blank behind it: what goes on behind the path is something else
        probe = "GET " + probePath + " ";
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
            lobby = new Lobby(
                    new Rooms(allowed),
                    allowed.arrivals(),
                    Duration.ofMillis(getConnectionTimeout()),
                    isSSLEnabled() ? "" : probe);
        }
        super.startInternal();
        if (first && lobby != null) {
            lobby.open(getName() + "-Lobby");
            Thread.ofPlatform().daemon().name(getName() + "-Wires").start(this::look);
        }
    }

    @Override
    public void stopInternal() {
        Lobby opened = lobby;
        if (opened != null) {
            opened.close();
            lobby = null;
        }
        super.stopInternal();
        ExecutorService started = probes;
        if (started != null) {
            started.shutdown();
            probes = null;
        }
    }

    @Override
    protected void countUpOrAwaitConnection() throws InterruptedException {
        Lobby opened = lobby;
        while (opened != null && opened.isOverfull() && running && !isPaused()) {
            Thread.sleep(1);
        }
        super.countUpOrAwaitConnection();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        Lobby opened = lobby;
        if (opened == null) {
            return super.setSocketOptions(socket);
        }
        try {
            opened.admit(socket);
        } catch (IOException gone) {
            destroySocket(socket);
        }
        return true;
    }

    private void enter(Lobby.Guest guest) {
        Wire wire = new Wire(guest, System.nanoTime());
        wires.put(guest.channel(), wire);
        if (!super.setSocketOptions(guest.channel())) {
            wires.remove(guest.channel());
            closeSocket(guest.channel());
            return;
        }
        NioSocketWrapper socket = socketOf(wire);
        if (socket != null && guest.whole()) {
            // nothing more may come in for the poller to hear of
            processSocket(socket, SocketEvent.OPEN_READ, true);
        }
    }

    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        Wire wire = socket == null ? null : wireOf(socket);
        if (wire != null) {
            wire.pending();
            if (wire.asksForLiveness() && isTakenByProbes(socket, event)) {
                return true;
            }
        }
        return super.processSocket(socket, event, dispatch);
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
        return channel == null ? null : wires.get(channel);
    }

    private @Nullable NioSocketWrapper socketOf(Wire wire) {
        return (NioSocketWrapper) connections.get(wire.channel());
    }

    /**
     * @param which may be given up
     * @return whether there was any that could be
     */
    private boolean giveUp(int count, Predicate<Wire> which) {
        long now = System.nanoTime();
        List<Spare> spared = wires.values().stream()
                .filter(which)
                .filter(wire -> {
                    NioSocketWrapper socket = socketOf(wire);
                    // one that the poller is not told of yet would have it complain
                    return socket != null
                            && wire.channel().isRegistered()
                            && wire.canBeSpared(now, reads(socket) || writes(socket));
                })
                .map(wire -> new Spare(wire, wire.isKnown(), now - wire.since()))
                .sorted(Comparator.comparing(Spare::known).thenComparing(Spare::age, Comparator.reverseOrder()))
                .limit(count)
                .toList();
        spared.forEach(spare -> end(spare.wire()));
        return !spared.isEmpty();
    }

    private void look() {
        while (running) {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
                endWhatIsOver();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException unexpected) {
                log.error("Connections whose time is over could not be looked for", unexpected);
            }
        }
    }

    private void endWhatIsOver() {
        WireLimits allowed = Objects.requireNonNull(limits);
        long now = System.nanoTime();
        wires.forEach((channel, wire) -> {
            NioSocketWrapper socket = socketOf(wire);
            if (!channel.isOpen()) {
                wires.remove(channel);
            } else if (socket != null && wire.isOver(now, reads(socket), writes(socket), allowed)) {
                end(wire);
            }
        });
        Places contended = places;
        if (contended != null) {
            for (Places.Share share : Places.Share.values()) {
                makeWay(share, contended.waiting(share));
            }
        }
    }

    /** Who holds a place and does not read what it is sent, while others wait for a place, is cut off. */
    private void makeWay(Places.Share share, int waiting) {
        if (waiting > 0) {
            wires.values().stream()
                    .filter(wire ->
                            wire.place() == share && wire.stuck().compareTo(share.patience()) > 0 && isSentTo(wire))
                    .sorted(Comparator.comparing(Wire::stuck).reversed())
                    .limit(waiting)
                    .toList()
                    .forEach(this::end);
        }
    }

    private boolean isSentTo(Wire wire) {
        NioSocketWrapper socket = socketOf(wire);
        return socket != null && writes(socket);
    }

    private static boolean reads(NioSocketWrapper socket) {
        return socket.interestOpsHas(SelectionKey.OP_READ);
    }

    private static boolean writes(NioSocketWrapper socket) {
        return socket.interestOpsHas(SelectionKey.OP_WRITE);
    }

    private void end(Wire wire) {
        NioSocketWrapper socket = socketOf(wire);
        if (socket == null) {
            return;
        }
        Lock lock = socket.getLock();
        if (lock.tryLock()) {
            try {
                if (!wire.isPending()) {
                    wire.end();
                    socket.close();
                }
            } finally {
                lock.unlock();
            }
        } else {
            wire.end();
            cutOff(wire.channel());
        }
    }

    /** What was not read yet is not kept for the caller either. */
    private static void cutOff(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException gone) {
            log.trace("A connection went by itself", gone);
        }
    }

    /** As it was when it was looked at: it goes on meanwhile. Of strangers before others, of whom it is for longest first. */
    private record Spare(Wire wire, boolean known, long age) {}

    /** What the lobby needs to know of those that are served. */
    private final class Rooms implements Lobby.House {

        private final WireLimits allowed;

        private Rooms(WireLimits allowed) {
            this.allowed = allowed;
        }

        @Override
        public boolean hasRoom() {
            return connections.size() < allowed.most()
                    || giveUp(Math.max(1, allowed.most() / SHARE_GIVEN_UP), wire -> true)
                            && connections.size() < allowed.most();
        }

        @Override
        public boolean hasRoomForAProbe() {
            int most = allowed.most() + MOST_PROBES;
            // one that keeps something back, such as a body, makes way for the next
            return connections.size() < most || giveUp(1, Wire::isProbe) && connections.size() < most;
        }

        @Override
        public void enter(Lobby.Guest guest) {
            WireEndpoint.this.enter(guest);
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
            byte[] said = wire.said();
            if (said != null) {
                socket.unRead(ByteBuffer.wrap(said));
            }
            try {
                super.doRun();
            } finally {
                wire.leave(socket.getCurrentProcessor() != null, System.nanoTime());
            }
        }
    }
}
