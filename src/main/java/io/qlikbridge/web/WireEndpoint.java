package io.qlikbridge.web;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
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
 * them, and takes no further connection once it has as many as it may; this one gives up the connection that has been waiting for
 * its caller for longest, so a new caller always comes in.
 *
 * <p>A connection that no thread is at is closed under its lock. Of one that a thread waits at, the socket is shut down, and the
 * thread finds out and closes it: Tomcat's own objects are touched by one thread at a time.
 */
final class WireEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(WireEndpoint.class);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final int SHARE_GIVEN_UP = 16;

    private final Map<SocketChannel, Wire> wires = new ConcurrentHashMap<>();
    private volatile @Nullable WireLimits limits;
    private volatile @Nullable Places places;

    /** @param contended whose waiters have those cut off who let them wait; none on a port without places */
    void limit(WireLimits allowed, @Nullable Places contended) {
        limits = allowed;
        places = contended;
    }

    @Override
    public void startInternal() throws Exception {
        boolean first = !running;
        super.startInternal();
        if (first && limits != null) {
            Thread.ofPlatform().daemon().name(getName() + "-Wires").start(this::look);
        }
    }

    @Override
    protected void countUpOrAwaitConnection() throws InterruptedException {
        WireLimits allowed = limits;
        while (allowed != null && running && !isPaused() && connections.size() >= allowed.most()) {
            if (!giveUp(Math.max(1, allowed.most() / SHARE_GIVEN_UP)) || connections.size() >= allowed.most()) {
                Thread.sleep(1);
            }
        }
        super.countUpOrAwaitConnection();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        wires.put(socket, new Wire(socket, System.nanoTime()));
        boolean kept = super.setSocketOptions(socket);
        if (!kept) {
            wires.remove(socket);
        }
        return kept;
    }

    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        Wire wire = socket == null ? null : wireOf(socket);
        if (wire != null) {
            wire.pending();
        }
        return super.processSocket(socket, event, dispatch);
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

    /** @return whether there was any that could be */
    private boolean giveUp(int count) {
        long now = System.nanoTime();
        List<Spare> spared = wires.values().stream()
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
            try {
                super.doRun();
            } finally {
                wire.leave(socket.getCurrentProcessor() != null, System.nanoTime());
            }
        }
    }
}
