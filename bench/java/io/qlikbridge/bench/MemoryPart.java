package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the bridge keeps on its heap for users who have just used it. */
final class MemoryPart {

    private static final int[] USERS = {1, 10_000, 100_000};
    private static final Duration MOST = Duration.ofMinutes(12);

    /** Room for all of them at once, which the heap of the other parts has not. */
    private static final List<String> OPTIONS = Stream.concat(
                    Bridge.OPTIONS.stream(), Stream.of("-Xmx512m", "-Dbridge.cache.users=" + USERS[USERS.length - 1]))
            .toList();

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Report report;

    MemoryPart(Report report) {
        this.report = report;
    }

    void measure() throws IOException, InterruptedException {
        report.section("Memory");
        try (UpstreamProcess upstream = UpstreamProcess.start();
                Bridge bridge = Bridge.start(upstream, OPTIONS)) {
            bridge.users(0, USERS[USERS.length - 1] + 1);
            double idle = liveMegabytes(bridge, "idle");
            List<String[]> rows = new ArrayList<>();
            rows.add(new String[] {"warm users", "live MB", "above idle", "first requests/s", "failures"});
            rows.add(new String[] {"none", Report.format("%.1f", idle), "", "", ""});
            int warm = 0;
            for (int users : USERS) {
                Measured run =
                        Driver.once(new Reads(bridge, "bridge").appLists(warm), Scene.CONNECTIONS, users - warm, MOST);
                warm += run.good() + run.failed();
                double live = liveMegabytes(bridge, String.valueOf(warm));
                rows.add(new String[] {
                    Report.format("%,d", warm),
                    Report.format("%.1f", live),
                    Report.format("%.1f", live - idle),
                    Report.format("%.0f", run.perSecond()),
                    Measured.failures(List.of(run))
                });
                if (warm < users) {
                    break;
                }
            }
            report.table(rows);
            if (warm < USERS[USERS.length - 1]) {
                report.paragraph(
                        "%,d users are not reached within %d minutes.", USERS[USERS.length - 1], MOST.toMinutes());
            }
            askAgain(upstream, bridge, warm);
        }
    }

    /** Whether they are warm: of the last 5,000, and of the first. */
    private void askAgain(UpstreamProcess upstream, Bridge bridge, int warm) throws IOException {
        int some = Math.min(5_000, warm);
        for (int first : new int[] {warm - some, 0}) {
            upstream.calls();
            Measured run = Driver.once(
                    new Reads(bridge, "bridge").appLists(first), Scene.CONNECTIONS, some, Duration.ofMinutes(1));
            Map<String, Integer> calls = upstream.calls();
            report.paragraph(
                    "%,d of them asked again, from u%d on: %.0f requests/s, %.0f µs of the database each, tenant calls %s.",
                    run.good(), first, run.perSecond(), run.databaseMicros(), calls);
        }
    }

    /** What is reachable, all headers included, after a full collection. */
    private static double liveMegabytes(Bridge bridge, String when) throws IOException, InterruptedException {
        String histogram = Program.run(
                "jcmd",
                Machine.output(),
                List.of(Machine.tool("jcmd"), String.valueOf(bridge.program().pid()), "GC.class_histogram"));
        Path file = Machine.output().resolve("heap-" + when + ".txt");
        Files.writeString(file, histogram);
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("No histogram: " + histogram);
        }
        return Long.parseLong(total.group(1)) / 1e6;
    }
}
