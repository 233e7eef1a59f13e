package io.qlikbridge.bench;

import io.qlikbridge.passthrough.LinkRewritingBenchmark;
import io.qlikbridge.qlikcloud.AppListBenchmark;
import io.qlikbridge.qlikcloud.InstantsBenchmark;
import io.qlikbridge.signing.SigningBenchmark;
import io.qlikbridge.vault.SealingBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The small pieces of work that may become a bottleneck, each by itself on one thread. */
final class JmhPart {

    private final Report report;

    JmhPart(Report report) {
        this.report = report;
    }

    void measure() throws IOException, RunnerException {
        report.section("Pieces of work");
        List<String> providers = SigningBenchmark.available();
        if (providers.size() < SigningBenchmark.PROVIDERS.size()) {
            report.paragraph("Of the providers %s only %s load here.", SigningBenchmark.PROVIDERS.keySet(), providers);
        }
        signing(run(SigningBenchmark.class, "provider", providers));
        plain("vault, 600 bytes", "bytes", run(SealingBenchmark.class, "bytes", List.of("600")));
        plain(
                "links of a page of 17 KB",
                "piece",
                run(LinkRewritingBenchmark.class, "piece", List.of("16384", "1460")));
        plain(
                "app list of a page of 12 KB",
                "tenant",
                run(AppListBenchmark.class, "tenant", List.of("https://tenant.eu.qlikcloud.com")));
        plain("instants", "text", run(InstantsBenchmark.class, "text", List.of("2026-04-01T00:00:00.123Z")));
        report.paragraph("Operations a second on one thread, with the 99.9 %% confidence interval of JMH.");
    }

    private static Collection<RunResult> run(Class<?> benchmark, String parameter, List<String> values)
            throws IOException, RunnerException {
        Files.createDirectories(Machine.output());
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getName().replace(".", "\\."))
                        .output(Machine.output()
                                .resolve(benchmark.getSimpleName() + ".log")
                                .toString())
                        .param(parameter, values.toArray(String[]::new))
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private void signing(Collection<RunResult> results) {
        Map<String, Double> jdk = new HashMap<>();
        Map<String, Map<String, Result<?>>> figures = new TreeMap<>();
        for (RunResult result : results) {
            String work = result.getPrimaryResult().getLabel() + " RSA-"
                    + result.getParams().getParam("bits");
            String provider = result.getParams().getParam("provider");
            figures.computeIfAbsent(work, ignored -> new TreeMap<>()).put(provider, result.getPrimaryResult());
            if (provider.equals(SigningBenchmark.JDK)) {
                jdk.put(work, result.getPrimaryResult().getScore());
            }
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"RS256 by provider", "per second", "±", "of the JDK's"});
        figures.forEach((work, providers) -> providers.forEach((provider, result) -> rows.add(new String[] {
            work + ", " + provider,
            Report.format("%.0f", result.getScore()),
            Report.format("%.0f", result.getScoreError()),
            Report.format("%.2f", result.getScore() / jdk.get(work))
        })));
        report.table(rows);
    }

    private void plain(String work, String parameter, Collection<RunResult> results) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {work, parameter, "per second", "±"});
        for (RunResult result : results) {
            rows.add(new String[] {
                result.getPrimaryResult().getLabel(),
                result.getParams().getParam(parameter),
                Report.format("%.0f", result.getPrimaryResult().getScore()),
                Report.format("%.0f", result.getPrimaryResult().getScoreError())
            });
        }
        report.table(rows);
    }
}
