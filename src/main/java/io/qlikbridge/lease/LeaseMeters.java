package io.qlikbridge.lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Measures what becomes of leases, by connection: how long issuing ({@code bridge.lease.issue}) and renewing ({@code
 * bridge.lease.renewal}) one takes and how it ends, how long is waited for somebody else who issues ({@code
 * bridge.lease.claim.wait}), and the orphans that are found ({@code bridge.lease.orphans.found}). An outcome is {@code
 * success} or the code of a problem.
 */
@Component
public class LeaseMeters {

    private static final String SUCCESS = "success";
    private static final String CONNECTION = "connection";
    private static final String OUTCOME = "outcome";

    /** What quantiles are reckoned from. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterProvider<Timer> issues;
    private final MeterProvider<Timer> renewals;
    private final MeterProvider<Timer> waits;
    private final MeterProvider<Counter> orphans;

    LeaseMeters(MeterRegistry registry) {
        this.issues = Timer.builder("bridge.lease.issue")
                .description("Attempts to have a key issued for somebody who waits for it")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        this.renewals = Timer.builder("bridge.lease.renewal")
                .description("Attempts to renew a key in the background")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        this.waits = Timer.builder("bridge.lease.claim.wait")
                .description("Waits for somebody else who issues for the same user")
                .withRegistry(registry);
        this.orphans = Counter.builder("bridge.lease.orphans.found")
                .description("Keys found at the tenant that no lease knows")
                .withRegistry(registry);
    }

    /** What is counted from nothing on, so that the first of it shows as one more. */
    public void begin(ConnectionId connection) {
        orphans.withTag(CONNECTION, connection.value());
        for (MeterProvider<Timer> timers : List.of(issues, renewals)) {
            timer(timers, connection, SUCCESS);
            timer(timers, connection, ProblemCode.API_KEY_LIMIT_REACHED.slug());
        }
    }

    /** Measures an attempt as the issue or the renewal that it is. */
    public <T> T issuing(ConnectionId connection, boolean renewal, Supplier<T> attempt) {
        MeterProvider<Timer> timers = renewal ? renewals : issues;
        String outcome = ProblemCode.INTERNAL.slug();
        long start = System.nanoTime();
        try {
            T issued = attempt.get();
            outcome = SUCCESS;
            return issued;
        } catch (BridgeException told) {
            outcome = told.code().slug();
            throw told;
        } finally {
            record(timer(timers, connection, outcome), start);
        }
    }

    /** @param start as {@link System#nanoTime} had it */
    public void waited(ConnectionId connection, long start) {
        record(waits.withTag(CONNECTION, connection.value()), start);
    }

    public void orphanFound(ConnectionId connection) {
        orphans.withTag(CONNECTION, connection.value()).increment();
    }

    private static Timer timer(MeterProvider<Timer> timers, ConnectionId connection, String outcome) {
        return timers.withTags(CONNECTION, connection.value(), OUTCOME, outcome);
    }

    private static void record(Timer timer, long start) {
        timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
}
