package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two thousand users whom the bridge has never seen, as many at once as have a place or wait for one with that heap. */
final class ColdPart {

    private static final int USERS = 2_000;
    private static final int USERS_BEFORE = 2_000;
    private static final int AT_ONCE = 192;
    private static final int LATENCY_MILLIS = 50;
    private static final int CALLS = 3;

    /** {@code bridge.tenant.max-concurrency}, unless it is set. */
    private static final int CONCURRENT = 64;

    private final Report report;

    ColdPart(Report report) {
        this.report = report;
    }

    void measure() throws IOException, InterruptedException {
        report.section("Cold burst");
        try (UpstreamProcess upstream = UpstreamProcess.start();
                Bridge bridge = Bridge.start(upstream, Bridge.OPTIONS)) {
            bridge.users(0, USERS_BEFORE + 1 + USERS);
            Driver.once(
                    new Reads(bridge, "bridge").appLists(0), Scene.CONNECTIONS, USERS_BEFORE, Duration.ofMinutes(1));
            Target burst = new Reads(bridge, "bridge").appLists(USERS_BEFORE).from(1);
            upstream.latency(LATENCY_MILLIS);
            upstream.calls();
            Measured run = Driver.once(burst, AT_ONCE, USERS, Duration.ofMinutes(2));
            Map<String, Integer> calls = upstream.calls();
            report(run, calls);
        }
    }

    private void report(Measured run, Map<String, Integer> calls) {
        double least = USERS * CALLS * LATENCY_MILLIS / 1000.0 / CONCURRENT;
        double seconds = Measured.seconds(run.time());
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "users", "at once", "seconds", "least", "ratio", "median ms", "p99 ms", "tenant calls", "failures"
        });
        rows.add(new String[] {
            Report.format("%,d", USERS),
            Report.format("%d", AT_ONCE),
            Report.format("%.2f", seconds),
            Report.format("%.2f", least),
            Report.format("%.2f", seconds / least),
            Report.format("%.0f", run.millis(0.5)),
            Report.format("%.0f", run.millis(0.99)),
            Report.format(
                    "%,d", calls.values().stream().mapToInt(Integer::intValue).sum()),
            Measured.failures(List.of(run))
        });
        report.table(rows);
        report.paragraph(
                "The tenant takes %d ms for a call, and is called %d times at once at most. Calls: %s. Processor time of a user:"
                        + " the bridge %.1f ms, the database %.1f ms. %,d other users came before, one after the other on"
                        + " %d connections.",
                LATENCY_MILLIS,
                CONCURRENT,
                calls,
                run.processorMicros() / 1000,
                run.databaseMicros() / 1000,
                USERS_BEFORE,
                Scene.CONNECTIONS);
    }
}
