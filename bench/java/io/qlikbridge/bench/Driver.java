package io.qlikbridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over kept-alive connections and times the answers, from one thread: all that is measured shares the
 * machine with it. An answer is good when it is 200 and as long as it should be.
 */
final class Driver {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Target target;
    private final Plan plan;
    private final Selector selector;
    private final ArrayDeque<Line> free = new ArrayDeque<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private long[] latencies = new long[1 << 16];
    private int[] bySecond = new int[16];
    private int good;
    private int started;
    private int underWay;
    private int reconnected;
    private long begin;
    private long lastAnswer;

    private Driver(Target target, Plan plan) throws IOException {
        this.target = target;
        this.plan = plan;
        this.selector = Selector.open();
    }

    /** As many as it takes, for so long. */
    static Measured flatOut(Target target, int connections, Duration time) throws IOException {
        return run(target, connections, Plan.AsManyAsPossible.during(time));
    }

    /** The requests 0 to {@code count}, once each; those that are not sent by then are left out. */
    static Measured once(Target target, int connections, int count, Duration most) throws IOException {
        return run(target, connections, new Plan.SoMany(count, System.nanoTime() + most.toNanos()));
    }

    static Measured atRate(Target target, int connections, double perSecond, Duration time) throws IOException {
        return run(target, connections, Plan.AtRate.of(perSecond, time));
    }

    private static Measured run(Target target, int connections, Plan plan) throws IOException {
        Driver driver = new Driver(target, plan);
        Thread pacer = plan instanceof Plan.AtRate rate ? driver.pace(rate) : null;
        try {
            for (int line = 0; line < connections; line++) {
                driver.free.add(driver.new Line());
            }
            return driver.drive();
        } finally {
            if (pacer != null) {
                pacer.interrupt();
            }
            for (SelectionKey key : driver.selector.keys()) {
                key.channel().close();
            }
            driver.selector.close();
        }
    }

    /** Wakes the driver when a request is due: a selector waits for whole milliseconds. */
    private Thread pace(Plan.AtRate rate) {
        return Thread.ofPlatform().daemon().start(() -> {
            for (int number = 0;
                    number < rate.count() && !Thread.currentThread().isInterrupted();
                    number++) {
                long wait = rate.startOf(number, 0) - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                    selector.wakeup();
                }
            }
        });
    }

    private Measured drive() throws IOException {
        Duration databaseBefore = Database.processorTime();
        Duration processorBefore = target.program().processorTime();
        begin = System.nanoTime();
        lastAnswer = begin;
        while (true) {
            long now = System.nanoTime();
            while (!free.isEmpty() && plan.isDue(now, started)) {
                free.poll().send(now);
            }
            if (underWay == 0 && plan.isOver(now, started)) {
                break;
            }
            if (now - lastAnswer > PATIENCE.toNanos()) {
                failures.merge("no answer", underWay, Integer::sum);
                break;
            }
            selector.select(key -> ((Line) key.attachment()).receive(), 1000);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        return new Measured(
                sorted(),
                Arrays.copyOf(bySecond, (int) time.toSeconds() + 1),
                failures,
                reconnected,
                time,
                target.program().processorTime().minus(processorBefore),
                Database.processorTime().minus(databaseBefore));
    }

    private long[] sorted() {
        long[] all = Arrays.copyOf(latencies, good);
        Arrays.sort(all);
        return all;
    }

    private void keep(long latency) {
        if (good == latencies.length) {
            latencies = Arrays.copyOf(latencies, good * 2);
        }
        latencies[good++] = latency;
        int second = (int) ((lastAnswer - begin) / 1_000_000_000);
        if (second >= bySecond.length) {
            bySecond = Arrays.copyOf(bySecond, second * 2);
        }
        bySecond[second]++;
    }

    /** One connection, made anew when the other side ends it. */
    private final class Line {

        private final AnswerReader answer = new AnswerReader();
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        private SocketChannel channel;
        private long start;
        private byte[] request;
        private boolean fresh;

        private Line() throws IOException {
            connect();
        }

        private void connect() throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), target.port()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            fresh = true;
        }

        private void reconnect() throws IOException {
            channel.close();
            reconnected++;
            connect();
        }

        private void send(long now) throws IOException {
            start = plan.startOf(started, now);
            request = target.requests().apply(started);
            started++;
            underWay++;
            answer.reset();
            in.clear();
            try {
                write();
            } catch (IOException ended) {
                reconnect();
                write();
            }
        }

        private void write() throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        private void receive() {
            try {
                int read = channel.read(in);
                if (read < 0) {
                    ended();
                    return;
                }
                int taken = answer.read(in.array(), in.position());
                if (answer.isDone()) {
                    done();
                } else if (taken > 0) {
                    in.clear();
                }
            } catch (IOException broken) {
                failures.merge(broken.toString(), 1, Integer::sum);
                close();
                giveUp();
            }
        }

        /** A kept-alive connection may end just before the request comes: then it was not seen, and is sent again. */
        private void ended() throws IOException {
            boolean unseen = !fresh && answer.status() == 0 && in.position() == 0;
            boolean waits = request != null;
            reconnect();
            if (!waits) {
                return;
            }
            if (unseen) {
                write();
            } else {
                failures.merge("connection ended", 1, Integer::sum);
                giveUp();
            }
        }

        private void done() throws IOException {
            lastAnswer = System.nanoTime();
            if (answer.status() == 200 && answer.length() == target.length()) {
                keep(lastAnswer - start);
            } else {
                failures.merge(complaint(), 1, Integer::sum);
            }
            fresh = false;
            if (answer.isLast()) {
                reconnect();
            }
            giveUp();
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException already) {
                // nothing is left of it
            }
        }

        private void giveUp() {
            request = null;
            underWay--;
            free.add(this);
        }

        private String complaint() {
            if (answer.status() == 200) {
                return "200 of " + answer.length() + " bytes instead of " + target.length();
            }
            String text = new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
            int code = text.indexOf("\"code\":\"");
            return answer.status() + (code < 0 ? "" : " " + text.substring(code + 8, text.indexOf('"', code + 8)));
        }
    }
}
