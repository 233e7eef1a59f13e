package io.qlikbridge.front;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Counts who serves requests ({@code bridge.front.requests}): the label {@code by} is {@code front} for a read that was served from memory
 * and one call, and {@code application} for every other request; and how many connections of callers are open ({@code
 * bridge.front.connections}).
 */
@Component
class FrontMeters {

    private final Counter direct;
    private final Counter handedOn;
    private final AtomicInteger connections = new AtomicInteger();

    FrontMeters(MeterRegistry registry) {
        direct = requests(registry, "front");
        handedOn = requests(registry, "application");
        Gauge.builder("bridge.front.connections", connections, AtomicInteger::doubleValue)
                .description("Connections of callers that are open")
                .register(registry);
    }

    private static Counter requests(MeterRegistry registry, String by) {
        return Counter.builder("bridge.front.requests")
                .description("Requests by who serves them")
                .tag("by", by)
                .register(registry);
    }

    void direct() {
        direct.increment();
    }

    void handedOn() {
        handedOn.increment();
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }
}
