package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Throughput and latency of the bridge beside other proxies and the upstream itself, each in turn, round after round. */
final class LoadPart {

    private static final int ROUNDS = 3;
    private static final Duration ROUND = Machine.seconds(5);
    private static final Duration STEADY = Machine.seconds(10);

    private final Report report;

    LoadPart(Report report) {
        this.report = report;
    }

    void measure(Scene scene) throws IOException, InterruptedException {
        report.section("Load");
        scene.describe(report);
        Rounds rounds;
        try (Bridge plain = scene.another(List.of())) {
            List<Target> targets = new ArrayList<>(scene.targets());
            targets.addAll(new Reads(plain, "bridge without flags").all(Scene.USERS));
            rounds = Rounds.of(targets, Scene.CONNECTIONS, ROUNDS, ROUND);
        }
        flatOut(rounds);
        steady(scene, rounds);
    }

    private void flatOut(Rounds rounds) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "flat out",
            "requests/s",
            "of nginx",
            "of haproxy",
            "median ms",
            "p99 ms",
            "of nginx's p99",
            "own CPU µs",
            "of nginx's CPU",
            "database µs",
            "failures",
            "reconnects"
        });
        rounds.runs().keySet().forEach(target -> rows.add(row(rounds, target)));
        report.table(rows);
        report.paragraph(
                "%d connections, %d rounds of %d s each; medians over the rounds. Own CPU is the processor time a good answer"
                        + " takes of the program and its children. A bridge without flags is `java -jar` alone. Other programs"
                        + " took %.0f %% of the processors meanwhile.",
                Scene.CONNECTIONS, ROUNDS, ROUND.toSeconds(), 100 * rounds.others());
    }

    private static String[] row(Rounds rounds, String target) {
        double perSecond = rounds.perSecond(target);
        double processor = rounds.median(target, Measured::processorMicros);
        return new String[] {
            target,
            Report.format("%.0f", perSecond),
            Report.ratio(perSecond, rounds.perSecond(Nginx.NAME)),
            Report.ratio(perSecond, rounds.perSecond(Haproxy.NAME)),
            Report.format("%.2f", rounds.median(target, run -> run.millis(0.5))),
            Report.format("%.2f", rounds.p99(target)),
            Report.ratio(rounds.p99(target), rounds.p99(Nginx.NAME)),
            Report.format("%.0f", processor),
            Report.ratio(processor, rounds.median(Nginx.NAME, Measured::processorMicros)),
            Report.format("%.0f", rounds.median(target, Measured::databaseMicros)),
            rounds.failures(target),
            String.valueOf(rounds.reconnected(target))
        };
    }

    /** At half of what each can do, a request every so often, timed from when it was to start. */
    private void steady(Scene scene, Rounds rounds) throws IOException {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "at half the maximal load",
            "requests/s",
            "median ms",
            "p99 ms",
            "upstream's p99 ms at this rate",
            "added p99 ms",
            "failures"
        });
        for (Target target : scene.proxies()) {
            double rate = rounds.perSecond(target.name()) / 2;
            Measured plain = Driver.atRate(scene.upstream(), Scene.CONNECTIONS, rate, STEADY);
            Measured run = Driver.atRate(target, Scene.CONNECTIONS, rate, STEADY);
            rows.add(new String[] {
                target.name(),
                Report.format("%.0f", rate),
                Report.format("%.2f", run.millis(0.5)),
                Report.format("%.2f", run.millis(0.99)),
                Report.format("%.2f", plain.millis(0.99)),
                Report.format("%.2f", run.millis(0.99) - plain.millis(0.99)),
                Measured.failures(List.of(run))
            });
        }
        report.table(rows);
    }
}
