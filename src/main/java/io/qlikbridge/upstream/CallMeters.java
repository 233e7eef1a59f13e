package io.qlikbridge.upstream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qlikbridge.connection.Connection;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Measures the calls to tenants, by connection: how long each took and how it was answered ({@code bridge.tenant.calls}), how
 * many are under way ({@code bridge.tenant.concurrency}), and how many were not made ({@code bridge.tenant.rejections}).
 */
@Component
class CallMeters {

    /** For a call that got no answer. */
    static final int NO_ANSWER = 0;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String CONCURRENCY = "bridge.tenant.concurrency";
    private static final String CONNECTION = "connection";

    /** What quantiles are reckoned from. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    /** Why a call was not made. */
    enum Reason {
        /** As many as may be were under way. */
        BUSY("busy"),
        /** The tenant had said that it would refuse for its rate. */
        PAUSED("paused"),
        /** The tenant had not answered the last calls. */
        SILENT("silent");

        private final String label;

        Reason(String label) {
            this.label = label;
        }
    }

    private final MeterRegistry registry;
    private final MeterProvider<Timer> calls;
    private final MeterProvider<Counter> rejections;
    private final ConcurrentHashMap<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
        this.calls = Timer.builder("bridge.tenant.calls")
                .description("Calls to tenants that were made")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        this.rejections = Counter.builder("bridge.tenant.rejections")
                .description("Calls to tenants that were not made")
                .withRegistry(registry);
        registry.config().onMeterRemoved(this::forget);
    }

    /**
     * @param status of the answer, or {@link #NO_ANSWER}
     * @param start as {@link System#nanoTime} had it
     */
    void called(TenantCall call, int status, long start) {
        long took = System.nanoTime() - start;
        calls.withTags(CONNECTION, idOf(call), "type", typeOf(call), "step", call.step(), "status", classOf(status))
                .record(took, TimeUnit.NANOSECONDS);
    }

    void rejected(TenantCall call, Reason reason) {
        rejections.withTags(CONNECTION, idOf(call), "reason", reason.label).increment();
    }

    /** How many calls of a connection are under way, to be counted up and down. */
    AtomicInteger underWay(Connection connection) {
        String id = connection.id().value();
        AtomicInteger known = underWay.get(id);
        return known != null ? known : underWay.computeIfAbsent(id, this::begin);
    }

    private AtomicInteger begin(String connection) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder(CONCURRENCY, count, AtomicInteger::doubleValue)
                .description("Calls to tenants that are under way")
                .tag(CONNECTION, connection)
                .register(registry);
        for (Reason reason : Reason.values()) {
            // a first rejection shall show as one more, and not as one from the beginning
            rejections.withTags(CONNECTION, connection, "reason", reason.label);
        }
        return count;
    }

    private void forget(Meter removed) {
        String connection = removed.getId().getTag(CONNECTION);
        if (connection != null && removed.getId().getName().equals(CONCURRENCY)) {
            underWay.remove(connection);
        }
    }

    private static String idOf(TenantCall call) {
        return call.connection().id().value();
    }

    private static String typeOf(TenantCall call) {
        return call.connection().type().slug();
    }

    private static String classOf(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return "429";
        }
        return switch (status / 100) {
            case 2 -> "2xx";
            case 3 -> "3xx";
            case 4 -> "4xx";
            case 5 -> "5xx";
            default -> "none";
        };
    }
}
