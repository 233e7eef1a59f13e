package io.qlikbridge.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are served, and which of them are closed: those whose time is over, and those that wait for their callers while
 * others need their place.
 *
 * <p>A connection that no thread is at is closed under its lock. Of one that a thread waits at, the socket is shut down, and the
 * thread finds out and closes it: Tomcat's own objects are touched by one thread at a time.
 */
final class Wires {

    private static final Logger log = LoggerFactory.getLogger(Wires.class);

    private final Map<SocketChannel, Wire> wires = new ConcurrentHashMap<>();
    private final Function<SocketChannel, @Nullable NioSocketWrapper> sockets;

    /** @param sockets Tomcat's own object for a connection; {@code null} when it is closed */
    Wires(Function<SocketChannel, @Nullable NioSocketWrapper> sockets) {
        this.sockets = sockets;
    }

    void add(Wire wire) {
        wires.put(wire.channel(), wire);
    }

    void remove(Wire wire) {
        wires.remove(wire.channel());
    }

    @Nullable
    Wire of(SocketChannel channel) {
        return wires.get(channel);
    }

    private @Nullable NioSocketWrapper socketOf(Wire wire) {
        return sockets.apply(wire.channel());
    }

    /**
     * Closes connections that wait for their callers, those of strangers first, and who waits for longest.
     *
     * @param which may be closed
     * @return whether there was any
     */
    boolean giveUp(int count, Predicate<Wire> which) {
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

    /** @param contended whose waiters have those cut off who let them wait */
    void endWhatIsOver(WireLimits allowed, @Nullable RequestPermits contended) {
        long now = System.nanoTime();
        wires.forEach((channel, wire) -> {
            NioSocketWrapper socket = socketOf(wire);
            if (!channel.isOpen()) {
                wires.remove(channel);
            } else if (socket != null && wire.isOver(now, reads(socket), writes(socket), allowed)) {
                end(wire);
            }
        });
        if (contended != null) {
            for (RequestPermits.Share share : RequestPermits.Share.values()) {
                makeWay(share, contended.waiting(share));
            }
        }
    }

    /** Who holds a place and does not read what it is sent, while others wait for a place, is cut off. */
    private void makeWay(RequestPermits.Share share, int waiting) {
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
}
