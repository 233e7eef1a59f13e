package io.qlikbridge.front;

import io.netty.channel.EventLoop;
import io.qlikbridge.upstream.TenantCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reads of one event loop that wait until their calls may be made, in the order they came, those of each tenant by themselves: no
 * tenant delays another. Used by the loop's thread alone.
 */
final class WaitingReads {

    private final EventLoop loop;
    private final long longest;
    private final Map<URI, Deque<DirectExchange>> tenants = new LinkedHashMap<>();

    /** @param longest how long one may wait; the application goes on with it then */
    WaitingReads(EventLoop loop, Duration longest) {
        this.loop = loop;
        this.longest = longest.toNanos();
    }

    void add(TenantCall call, DirectExchange read) {
        tenants.computeIfAbsent(call.connection().host(), none -> new ArrayDeque<>())
                .add(read);
    }

    /** There may be room for another call to the same tenant. */
    void callEnded(TenantCall call) {
        Deque<DirectExchange> waiting = tenants.get(call.connection().host());
        if (waiting != null && !waiting.isEmpty()) {
            // not within the call that has ended
            loop.execute(() -> begin(waiting));
        }
    }

    private static void begin(Deque<DirectExchange> waiting) {
        while (!waiting.isEmpty() && waiting.peek().tryBegin()) {
            waiting.poll();
        }
    }

    /** Looked at a few times a second. */
    void look(long now) {
        for (Deque<DirectExchange> waiting : List.copyOf(tenants.values())) {
            begin(waiting);
            while (!waiting.isEmpty() && now - waiting.peek().since() > longest) {
                waiting.remove().waitNoLonger();
            }
        }
        tenants.values().removeIf(Deque::isEmpty);
    }
}
