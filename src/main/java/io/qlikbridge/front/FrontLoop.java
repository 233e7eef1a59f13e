package io.qlikbridge.front;

import io.netty.channel.EventLoop;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.eventloop.Bytes;
import io.qlikbridge.tenantline.TenantLines;
import io.qlikbridge.upstream.TenantCall;
import java.util.ArrayList;
import java.util.Comparator;
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

    private final EventLoop loop;
    private final Front front;
    private final Front.Setting setting;
    private final int mostConnections;
    private final long mostHeld;
    private final Set<CallerConnection> connections = new LinkedHashSet<>();
    private final TenantLines lines;
    private final AnswerHeaders answers;
    private final WaitingReads waiting;
    private final Bytes read = new Bytes();
    private long held;
    private boolean draining;

    FrontLoop(EventLoop loop, Front front, Front.Setting setting, int loops) {
        this.loop = loop;
        this.front = front;
        this.setting = setting;
        this.mostConnections = Math.max(1, setting.limits().connections() / loops);
        this.mostHeld = setting.limits().held() / loops;
        this.lines = front.connections().of(loop, setting.transport());
        this.waiting = new WaitingReads(loop, front.calls().maxWait());
        this.answers = new AnswerHeaders(
                front.clock(), (int) setting.limits().keepAlive().toSeconds(), setting.origins());
    }

    void start() {
        loop.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
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

    /** For what any connection to the application has read. */
    Bytes read() {
        return read;
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
     * Counts bytes that are held until the rest of them comes; where there are too many, those who have waited for longest are closed.
     */
    void hold(int more) {
        held += more;
        if (held > mostHeld && more > 0) {
            giveUp(CallerConnection::isHolding);
        }
    }

    /** A read waits until its call may be made, for as long as every other one may. */
    void await(TenantCall call, DirectExchange read) {
        waiting.add(call, read);
    }

    /** There may be room for another call to the same tenant. */
    void callEnded(TenantCall call) {
        waiting.callEnded(call);
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
            waiting.look(now);
        } catch (RuntimeException unexpected) {
            log.error("Connections whose time is over could not be looked for", unexpected);
        }
    }
}
