package io.qlikbridge.front;

import io.netty.channel.EventLoop;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.http1.Heads;
import io.qlikbridge.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one event loop, and the end to all that waits on them. Used by the loop's thread alone. */
final class FrontLoop {

    private static final Logger log = LoggerFactory.getLogger(FrontLoop.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final int SHARE_GIVEN_UP = 16;

    /** What runs so often, the second compiler has taken on. */
    private static final int MOST_REHEARSALS = 20_000;

    private static final String EXAMPLE =
            "GET /qlik/main/api/v1/items?resourceType=app HTTP/1.1\r\nHost: bridge.example.org\r\n"
                    + "User-Agent: rehearsal\r\nAccept: application/json\r\nAuthorization: Bearer none\r\nX-Bridge-User: nobody\r\n\r\n";

    private final EventLoop loop;
    private final Front front;
    private final Front.Setting setting;
    private final int mostConnections;
    private final long mostHeld;
    private final Set<CallerConnection> connections = new LinkedHashSet<>();
    private final TenantLines lines;
    private final AnswerHeaders answers;
    private final Deque<DirectExchange> waiting = new ArrayDeque<>();
    private long held;
    private boolean draining;
    private boolean begins;

    FrontLoop(EventLoop loop, Front front, Front.Setting setting, int loops) {
        this.loop = loop;
        this.front = front;
        this.setting = setting;
        this.mostConnections = Math.max(1, setting.limits().connections() / loops);
        this.mostHeld = setting.limits().held() / loops;
        this.lines = new TenantLines(loop, front, setting);
        this.answers = new AnswerHeaders(
                front.clock(), (int) setting.limits().keepAlive().toSeconds(), setting.origins());
    }

    void start() {
        loop.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Does what reads cost most of, again and again, until it is compiled or the time is over. */
    void rehearse() {
        long end = System.nanoTime() + front.properties().warmUp().toNanos();
        byte[] head = EXAMPLE.getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < MOST_REHEARSALS && System.nanoTime() - end < 0; round++) {
            RequestHead.read(head, 0, Heads.end(head, 0, head.length));
            front.reads().forEach(DirectRead::rehearse);
        }
    }

    EventLoop loop() {
        return loop;
    }

    Front front() {
        return front;
    }

    Front.Setting setting() {
        return setting;
    }

    TenantLines lines() {
        return lines;
    }

    AnswerHeaders answers() {
        return answers;
    }

    void add(CallerConnection connection) {
        connections.add(connection);
        front.counts().opened();
        if (connections.size() > mostConnections) {
            giveUp(waiting -> true);
        }
    }

    void remove(CallerConnection connection) {
        if (connections.remove(connection)) {
            front.counts().closed();
        }
    }

    /**
     * Counts bytes that are held until the rest of them comes.
     *
     * @return whether there is room for them
     */
    boolean hold(int more) {
        held += more;
        if (held > mostHeld && more > 0) {
            giveUp(CallerConnection::isHolding);
        }
        return held <= mostHeld;
    }

    /** A read waits until its call may be made, for as long as every other one may. */
    void await(DirectExchange read) {
        waiting.add(read);
    }

    /** There may be room for another call. */
    void callEnded() {
        if (!waiting.isEmpty() && !begins) {
            begins = true;
            loop.execute(this::begin);
        }
    }

    private void begin() {
        begins = false;
        while (!waiting.isEmpty() && waiting.peek().tryBegin()) {
            waiting.poll();
        }
    }

    /** From now on everything is handed on, so that the application closes each connection with its next answer. */
    void drain() {
        draining = true;
    }

    /** Closes what waits for its caller, and has all else closed behind its answer. */
    void closeIdle() {
        draining = true;
        List.copyOf(connections).forEach(CallerConnection::closeIfIdle);
    }

    void closeAll() {
        List.copyOf(connections).forEach(CallerConnection::abort);
        lines.close();
    }

    int connections() {
        return connections.size();
    }

    /** A read that can be served here; {@code null} for what is to be handed on. */
    @Nullable
    ReadyRead ready(AskedRead asked) {
        if (draining || !setting.servesReads() || front.isTraced()) {
            return null;
        }
        for (DirectRead read : front.reads()) {
            try {
                ReadyRead ready = read.prepare(asked);
                if (ready != null) {
                    return ready;
                }
            } catch (RuntimeException told) {
                // refused, or not in memory: whoever serves everything else finds the same, and says why
                return null;
            }
        }
        return null;
    }

    private void giveUp(Predicate<CallerConnection> which) {
        List<CallerConnection> waiting = new ArrayList<>();
        for (CallerConnection connection : connections) {
            if (connection.canBeSpared() && which.test(connection)) {
                waiting.add(connection);
            }
        }
        waiting.sort(Comparator.comparingLong(CallerConnection::since));
        int many = Math.max(1, Math.min(waiting.size(), mostConnections / SHARE_GIVEN_UP));
        waiting.stream().limit(many).forEach(CallerConnection::giveUp);
    }

    private void look() {
        try {
            long now = System.nanoTime();
            for (CallerConnection connection : List.copyOf(connections)) {
                connection.look(now);
            }
            lines.look(now);
            begin();
            long longest = front.calls().maxWait().toNanos();
            while (!waiting.isEmpty() && now - waiting.peek().since() > longest) {
                waiting.remove().waitNoLonger();
            }
        } catch (RuntimeException unexpected) {
            log.error("Connections whose time is over could not be looked for", unexpected);
        }
    }
}
