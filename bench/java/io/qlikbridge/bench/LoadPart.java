package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Throughput and latency of the bridge beside nginx and the upstream itself, each in turn, round after round. */
final class LoadPart {

    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final Report report;

    LoadPart(Report report) {
        this.report = report;
    }

    void measure(Scene scene) throws IOException {
        report.section("Load");
        if (scene.nginx().isEmpty()) {
            report.paragraph("nginx is not installed (Debian: nginx-light), so there is nothing to compare with.");
        }
        if (scene.passThrough().isEmpty()) {
            report.paragraph("The bridge answers 404 to the pass-through: not there yet.");
        }
        List<Target> targets = scene.targets();
        Map<Target, List<Measured>> rounds = flatOut(targets);
        flatOut(rounds, targets);
        steady(rounds, targets);
    }

    private Map<Target, List<Measured>> flatOut(List<Target> targets) throws IOException {
        Map<Target, List<Measured>> rounds = new LinkedHashMap<>();
        Duration busyBefore = Machine.busy();
        Duration ours = Duration.ZERO;
        long begin = System.nanoTime();
        Duration before = used(targets);
        for (int round = 0; round < ROUNDS; round++) {
            for (Target target : targets) {
                rounds.computeIfAbsent(target, ignored -> new ArrayList<>())
                        .add(Driver.flatOut(target, Scene.CONNECTIONS, ROUND));
            }
        }
        if (busyBefore != null) {
            ours = used(targets).minus(before);
            double all = Measured.seconds(Duration.ofNanos(System.nanoTime() - begin))
                    * Runtime.getRuntime().availableProcessors();
            report.paragraph(
                    "%d connections, %d rounds of %d s each; medians over the rounds. Other programs took %.0f %% of the"
                            + " processors meanwhile.",
                    Scene.CONNECTIONS,
                    ROUNDS,
                    ROUND.toSeconds(),
                    100 * Measured.seconds(Machine.busy().minus(busyBefore).minus(ours)) / all);
        }
        return rounds;
    }

    /** The processor time of all that takes part. */
    private static Duration used(List<Target> targets) {
        Duration driver = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return targets.stream()
                .map(Target::program)
                .distinct()
                .map(Program::processorTime)
                .reduce(driver.plus(Database.processorTime()), Duration::plus);
    }

    private void flatOut(Map<Target, List<Measured>> rounds, List<Target> targets) {
        double upstream = perSecond(rounds, targets, "upstream");
        double nginx = perSecond(rounds, targets, "nginx");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "flat out",
            "requests/s",
            "of nginx",
            "of upstream",
            "median ms",
            "p99 ms",
            "own CPU µs",
            "database µs",
            "failures",
            "reconnects"
        });
        for (Target target : targets) {
            List<Measured> runs = rounds.get(target);
            double perSecond = median(runs, Measured::perSecond);
            rows.add(new String[] {
                target.name(),
                Report.format("%.0f", perSecond),
                Report.format("%.3f", perSecond / nginx),
                Report.format("%.3f", perSecond / upstream),
                Report.format("%.2f", median(runs, run -> run.millis(0.5))),
                Report.format("%.2f", median(runs, run -> run.millis(0.99))),
                Report.format("%.0f", median(runs, Measured::processorMicros)),
                Report.format("%.0f", median(runs, Measured::databaseMicros)),
                failures(runs),
                String.valueOf(runs.stream().mapToInt(Measured::reconnected).sum())
            });
        }
        report.table(rows);
    }

    /** At half of what each can do, a request every so often, timed from when it was to start. */
    private void steady(Map<Target, List<Measured>> rounds, List<Target> targets) throws IOException {
        Target upstream = targets.getFirst();
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
        for (Target target : targets) {
            if (target == upstream) {
                continue;
            }
            double rate = median(rounds.get(target), Measured::perSecond) / 2;
            Measured plain = Driver.atRate(upstream, Scene.CONNECTIONS, rate, STEADY);
            Measured run = Driver.atRate(target, Scene.CONNECTIONS, rate, STEADY);
            rows.add(new String[] {
                target.name(),
                Report.format("%.0f", rate),
                Report.format("%.2f", run.millis(0.5)),
                Report.format("%.2f", run.millis(0.99)),
                Report.format("%.2f", plain.millis(0.99)),
                Report.format("%.2f", run.millis(0.99) - plain.millis(0.99)),
                failures(List.of(run))
            });
        }
        report.table(rows);
    }

    private static double perSecond(Map<Target, List<Measured>> rounds, List<Target> targets, String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .mapToDouble(target -> median(rounds.get(target), Measured::perSecond))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return Measured.median(runs.stream().mapToDouble(figure).toArray());
    }

    static String failures(List<Measured> runs) {
        Map<String, Integer> all = new LinkedHashMap<>();
        runs.forEach(run -> run.failures().forEach((what, count) -> all.merge(what, count, Integer::sum)));
        return all.isEmpty() ? "0" : all.toString();
    }
}
