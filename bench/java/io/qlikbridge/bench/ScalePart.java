package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;

/** How throughput and latency go with the number of connections, on one processor and on two: tables, and a plot. */
final class ScalePart {

    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128, 512);
    private static final List<Integer> PROCESSORS = List.of(1, 2);
    private static final Duration TIME = Machine.seconds(4);

    private final Report report;
    private final List<ScaleChart.Panel> throughput = new ArrayList<>();
    private final List<ScaleChart.Panel> latency = new ArrayList<>();

    ScalePart(Report report) {
        this.report = report;
    }

    void measure() throws IOException, InterruptedException {
        report.section("Scale");
        report.paragraph(
                "Each program is started on so many processors alone (`taskset`) and measured for %d s while the others rest. The"
                        + " driver and the upstream, one thread each, may run on all %d processors of the machine and so take"
                        + " their share of those as well.",
                TIME.toSeconds(), Processors.all().count());
        for (int count : PROCESSORS) {
            Processors processors = new Processors(count);
            if (processors.areThere()) {
                measure(processors);
            } else {
                report.paragraph("On %d processors: the machine has fewer, or no `taskset`.", count);
            }
        }
        Path file = Machine.output().resolve("scale.svg");
        Files.writeString(file, new ScaleChart(CONNECTIONS).of(List.of(throughput, latency)));
        report.paragraph("As a plot: [%s](%s).", file.getFileName(), file.getFileName());
    }

    private void measure(Processors processors) throws IOException, InterruptedException {
        String on = processors.count() == 1 ? "on one processor" : "on " + processors.count() + " processors";
        SequencedMap<Integer, Rounds> byConnections = new TreeMap<>();
        try (Scene scene = Scene.open(processors)) {
            for (int connections : CONNECTIONS) {
                byConnections.put(connections, Rounds.of(scene.proxies(), connections, 1, TIME));
            }
        }
        table("requests/s " + on, byConnections, (rounds, target) -> Report.format("%.0f", rounds.perSecond(target)));
        table("p99 ms " + on, byConnections, (rounds, target) -> Report.format("%.2f", rounds.p99(target)));
        table("failures " + on, byConnections, Rounds::failures);
        report.paragraph(
                "Other programs took up to %.0f %% of the machine's processors meanwhile.",
                100
                        * byConnections.values().stream()
                                .mapToDouble(Rounds::others)
                                .max()
                                .orElse(Double.NaN));
        throughput.add(new ScaleChart.Panel("Requests a second " + on, curves(byConnections, Rounds::perSecond)));
        latency.add(new ScaleChart.Panel("99th percentile, ms, " + on, curves(byConnections, Rounds::p99)));
    }

    private void table(
            String what, SequencedMap<Integer, Rounds> byConnections, BiFunction<Rounds, String, String> figure) {
        List<String[]> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of(what));
        byConnections.keySet().forEach(connections -> headings.add("with " + connections));
        rows.add(headings.toArray(String[]::new));
        for (String target : targets(byConnections)) {
            List<String> row = new ArrayList<>(List.of(target));
            byConnections.values().forEach(rounds -> row.add(figure.apply(rounds, target)));
            rows.add(row.toArray(String[]::new));
        }
        report.table(rows);
    }

    private static Map<String, double[]> curves(
            SequencedMap<Integer, Rounds> byConnections, ToDoubleBiFunction<Rounds, String> figure) {
        Map<String, double[]> curves = new LinkedHashMap<>();
        for (String target : targets(byConnections)) {
            curves.put(
                    target,
                    byConnections.values().stream()
                            .mapToDouble(rounds -> figure.applyAsDouble(rounds, target))
                            .toArray());
        }
        return curves;
    }

    private static Iterable<String> targets(SequencedMap<Integer, Rounds> byConnections) {
        return byConnections.firstEntry().getValue().runs().keySet();
    }
}
