package io.qlikbridge.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Measures what it is told to, of {@code load}, {@code profile}; all without being told. */
final class Bench {

    private static final Set<String> PARTS = new LinkedHashSet<>(List.of("load", "profile"));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        Set<String> wanted = wanted(arguments);
        Report report = new Report(Machine.output().resolve("report.md"));
        report.paragraph("# Measurement");
        report.paragraph(Machine.description());
        report.paragraph("The bridge runs with `%s`.", String.join(" ", Bridge.OPTIONS));
        try {
            measure(wanted, report);
        } finally {
            System.out.println("\nAlso in " + Machine.output().resolve("report.md"));
        }
        System.exit(0);
    }

    private static Set<String> wanted(String[] arguments) {
        Set<String> wanted =
                new LinkedHashSet<>(arguments.length == 0 ? List.of("all") : Arrays.asList(arguments[0].split(",")));
        if (wanted.remove("all")) {
            wanted.addAll(PARTS);
        }
        if (!PARTS.containsAll(wanted)) {
            System.err.println("There is nothing to measure called so; there are " + PARTS);
            System.exit(2);
        }
        return wanted;
    }

    private static void measure(Set<String> wanted, Report report) throws Exception {
        if (wanted.contains("load") || wanted.contains("profile")) {
            try (Scene scene = Scene.open()) {
                if (wanted.contains("load")) {
                    new LoadPart(report).measure(scene);
                }
                if (wanted.contains("profile")) {
                    new ProfilePart(report).measure(scene);
                }
            }
        }
    }
}
