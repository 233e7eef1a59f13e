package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a bridge does in its first seconds after readiness, as the replica that a roll-out starts: its users have their
 * credentials in the database, and nothing of them is in its memory yet. nginx beside it is warm.
 */
final class FirstPart {

    private static final int STARTS = 3;
    private static final Duration TIME = Machine.seconds(10);

    private final Report report;
    private final List<String[]> rows = new ArrayList<>();

    FirstPart(Report report) {
        this.report = report;
    }

    void measure() throws IOException, InterruptedException {
        report.section("First " + TIME.toSeconds() + " seconds after readiness");
        headings();
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            Bridge plain = Bridge.start(upstream, Bridge.OPTIONS);
            List<Target> ofPlain;
            double nginx;
            try (plain) {
                Reads reads = new Reads(plain, "bridge");
                ofPlain = furnish(reads);
                nginx = nginx(upstream, reads);
            }
            rows(plain, ofPlain, nginx);
            Bridge cached = Bridge.start(upstream, Shipped.make(Database.fresh()));
            List<Target> ofCached;
            try (cached) {
                ofCached = furnish(new Reads(cached, "bridge with the cache"));
            }
            rows(cached, ofCached, nginx);
        }
        report.table(rows);
        report.paragraph(
                "%d connections for %d users, right after the first 200 of readiness; medians of %d starts, each by itself. nginx"
                        + " was warm and is measured once.",
                Scene.CONNECTIONS, Scene.USERS, STARTS);
    }

    /** Users who have a credential each, and what to ask for them. */
    private static List<Target> furnish(Reads reads) throws IOException {
        reads.bridge().users(0, Scene.USERS);
        List<Target> targets = reads.all(Scene.USERS);
        for (Target target : targets) {
            Measured run = Driver.once(target, Scene.CONNECTIONS, Scene.USERS, Duration.ofMinutes(1));
            if (run.good() != Scene.USERS) {
                throw new IllegalStateException(target.name() + ": " + run.failures());
            }
        }
        return targets;
    }

    /** @param before the bridge whose place is taken, which has ended */
    private void rows(Bridge before, List<Target> targets, double nginx) throws IOException, InterruptedException {
        for (Target target : targets) {
            row(target.name(), starts(before, target), nginx);
        }
    }

    /** How many requests a warm nginx serves in that time; NaN where there is none. */
    private double nginx(UpstreamProcess upstream, Reads reads) throws IOException, InterruptedException {
        Optional<Proxy> nginx = Nginx.start(upstream, Processors.all());
        if (nginx.isEmpty()) {
            report.paragraph("nginx is not installed (Debian: nginx-light), so there is nothing to compare with.");
            return Double.NaN;
        }
        try (Proxy proxy = nginx.get()) {
            Target target = reads.through(proxy, Scene.USERS);
            Driver.flatOut(target, Scene.CONNECTIONS, TIME);
            Measured run = Driver.flatOut(target, Scene.CONNECTIONS, TIME);
            row(proxy.name(), List.of(run), run.good());
            return run.good();
        }
    }

    private static List<Measured> starts(Bridge before, Target target) throws IOException, InterruptedException {
        List<Measured> runs = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            try (Program fresh = before.startAgain()) {
                runs.add(Driver.flatOut(target.of(fresh), Scene.CONNECTIONS, TIME));
            }
        }
        return runs;
    }

    private void headings() {
        List<String> headings = new ArrayList<>(List.of("requests in second"));
        IntStream.rangeClosed(1, (int) TIME.toSeconds())
                .mapToObj(String::valueOf)
                .forEach(headings::add);
        headings.addAll(List.of("all", "of nginx", "p99 ms", "CPU seconds", "failures"));
        rows.add(headings.toArray(String[]::new));
    }

    private void row(String name, List<Measured> runs, double nginx) {
        double all = Measured.median(runs.stream().mapToDouble(Measured::good).toArray());
        List<String> row = new ArrayList<>(List.of(name));
        for (int second = 0; second < TIME.toSeconds(); second++) {
            int index = second;
            row.add(Report.format(
                    "%.0f",
                    Measured.median(runs.stream()
                            .mapToDouble(run -> run.bySecond()[index])
                            .toArray())));
        }
        row.add(Report.format("%.0f", all));
        row.add(Report.ratio(all, nginx));
        row.add(Report.format(
                "%.0f",
                Measured.median(
                        runs.stream().mapToDouble(run -> run.millis(0.99)).toArray())));
        row.add(Report.format(
                "%.1f",
                Measured.median(runs.stream()
                        .mapToDouble(run -> Measured.seconds(run.processorTime()))
                        .toArray())));
        row.add(Measured.failures(runs));
        rows.add(row.toArray(String[]::new));
    }
}
