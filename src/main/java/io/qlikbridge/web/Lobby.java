package io.qlikbridge.web;

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
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where connections wait that came in, until their callers have said something and there is room for them among those that are served.
 * One that waits here costs a kilobyte, one that is served a hundred: so thousands come in at once, instead of waiting in the system's
 * queue, where nobody sees what they want. Of what a caller says, no more is read than tells a probe of liveness, which goes in first.
 *
 * <p>When more wait than may, the one that has been silent for longest is closed; when all have spoken, the one that came first.
 */
final class Lobby implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lobby.class);
    private static final long LOOK_EVERY_MILLIS = 200;
    /** Of those that may wait, so large a part come in together while others are closed. */
    private static final int SLACK = 8;

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Where connections go from here. Asked by the lobby's thread alone. */
    interface House {

        /** @return whether another connection may come in, for which others may have been given up */
        boolean hasRoom();

        /** @return the same for a probe, of which some always may */
        boolean hasRoomForAProbe();

        void enter(Guest guest);

        void close(SocketChannel channel);
    }

    /**
     * A connection, with the first bytes of its caller, which were taken off it.
     *
     * @param probe whether it asks for liveness
     * @param whole whether there may be no more of its request to come
     */
    record Guest(SocketChannel channel, byte[] said, boolean probe, boolean whole) {}

    private static final class Waiting {

        private final SocketChannel channel;
        private final long since = System.nanoTime();
        private @Nullable SelectionKey key;

        private Waiting(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final House house;
    private final int most;
    private final Duration longestSilence;
    private final boolean reads;
    private final byte[] probe;
    private final ByteBuffer buffer;
    private final Selector selector;
    private final Queue<Waiting> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Waiting> silent = new LinkedHashSet<>();
    private final Queue<Guest> probes = new ArrayDeque<>();
    private final Queue<Guest> spoken = new ArrayDeque<>();
    private boolean leaving;
    private volatile boolean over;

    /**
     * @param most how many may wait
     * @param longestSilence after which one is closed
     * @param probe what the request line of a probe begins with, in ASCII; empty where callers speak TLS, whose words are not looked at
     */
    Lobby(House house, int most, Duration longestSilence, String probe) throws IOException {
        this.house = house;
        this.most = most;
        this.longestSilence = longestSilence;
        this.reads = !probe.isEmpty();
        this.probe = probe.getBytes(StandardCharsets.US_ASCII);
        this.buffer = ByteBuffer.allocateDirect(Math.max(1, this.probe.length));
        this.selector = Selector.open();
    }

    void open(String name) {
        Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /**
     * Lets a connection in, which then belongs to the lobby.
     *
     * @throws IOException when it is gone already, or the lobby is closed
     */
    void admit(SocketChannel channel) throws IOException {
        if (over) {
            throw new ClosedChannelException();
        }
        channel.configureBlocking(false);
        count.incrementAndGet();
        arrived.add(new Waiting(channel));
        selector.wakeup();
    }

    /** Whether so many came in at once that some are to be closed before another is let in. */
    boolean isOverfull() {
        return count.get() > most + most / SLACK;
    }

    private void run() {
        while (!over) {
            try {
                selector.select(this::heard, spoken.isEmpty() && probes.isEmpty() ? LOOK_EVERY_MILLIS : 1);
                receive();
                if (leaving) {
                    // only then they are off the selector, and can be closed by others
                    leaving = false;
                    selector.selectNow(this::heard);
                }
                enter();
                endSilence();
            } catch (IOException | RuntimeException | OutOfMemoryError unexpected) {
                // without this thread nobody would come in any more
                log.error("Connections that came in could not be looked at", unexpected);
            }
        }
        closeAll();
    }

    private void receive() {
        for (Waiting one = arrived.poll(); one != null; one = arrived.poll()) {
            silent.add(one);
            if (!reads || !hear(one)) {
                listen(one);
            }
        }
    }

    private void listen(Waiting one) {
        try {
            one.key = one.channel.register(selector, SelectionKey.OP_READ, one);
        } catch (IOException gone) {
            drop(one);
        }
    }

    private void heard(SelectionKey key) {
        if (key.attachment() instanceof Waiting one) {
            if (reads) {
                hear(one);
            } else {
                speak(one, new byte[0]);
            }
        }
    }

    /** @return whether it is silent no longer */
    private boolean hear(Waiting one) {
        try {
            buffer.clear();
            int read = one.channel.read(buffer);
            if (read < 0) {
                drop(one);
            } else if (read > 0) {
                byte[] said = new byte[read];
                buffer.flip().get(said);
                speak(one, said);
            }
            return read != 0;
        } catch (IOException gone) {
            drop(one);
            return true;
        }
    }

    private void speak(Waiting one, byte[] said) {
        leave(one);
        boolean isProbe = reads && Arrays.equals(said, probe);
        boolean whole = reads && (said.length < probe.length || endsHead(said));
        (isProbe ? probes : spoken).add(new Guest(one.channel, said, isProbe, whole));
    }

    private static boolean endsHead(byte[] said) {
        int from = said.length - END_OF_HEAD.length;
        return from >= 0 && Arrays.equals(said, from, said.length, END_OF_HEAD, 0, END_OF_HEAD.length);
    }

    private void enter() {
        while (!probes.isEmpty() && (house.hasRoomForAProbe() || house.hasRoom())) {
            go(probes.remove());
        }
        while (!spoken.isEmpty() && house.hasRoom()) {
            go(spoken.remove());
        }
        while (count.get() > most && makeWay()) {
            count.decrementAndGet();
        }
    }

    private void go(Guest guest) {
        count.decrementAndGet();
        house.enter(guest);
    }

    /** @return whether there was any to close */
    private boolean makeWay() {
        if (!silent.isEmpty()) {
            Waiting first = silent.iterator().next();
            leave(first);
            house.close(first.channel);
            return true;
        }
        Guest guest = spoken.isEmpty() ? probes.poll() : spoken.poll();
        if (guest != null) {
            house.close(guest.channel());
        }
        return guest != null;
    }

    private void endSilence() {
        long now = System.nanoTime();
        Iterator<Waiting> all = silent.iterator();
        while (all.hasNext()) {
            Waiting first = all.next();
            if (now - first.since < longestSilence.toNanos()) {
                return;
            }
            drop(first);
            all = silent.iterator();
        }
    }

    private void drop(Waiting one) {
        leave(one);
        count.decrementAndGet();
        house.close(one.channel);
    }

    private void leave(Waiting one) {
        silent.remove(one);
        SelectionKey key = one.key;
        if (key != null) {
            key.cancel();
            leaving = true;
        }
    }

    private void closeAll() {
        try {
            selector.close();
        } catch (IOException failed) {
            log.debug("What waited for callers could not be closed", failed);
        }
        for (Waiting one = arrived.poll(); one != null; one = arrived.poll()) {
            house.close(one.channel);
        }
        silent.forEach(one -> house.close(one.channel));
        probes.forEach(guest -> house.close(guest.channel()));
        spoken.forEach(guest -> house.close(guest.channel()));
    }

    /** Closes what waits. */
    @Override
    public void close() {
        over = true;
        selector.wakeup();
    }
}
