package io.qlikbridge.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Measures the parts it is told to; all without being told. */
final class Bench {

    private static final Set<String> PARTS =
            new LinkedHashSet<>(List.of("load", "profile", "first", "scale", "cold", "memory", "start", "jmh"));

    private Bench() {}

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        Set<String> wanted = wanted(arguments);
        Report report = new Report(Machine.output().resolve("report.md"));
        report.paragraph("# Measurement");
        report.paragraph(Machine.description());
        report.paragraph("The upstream's page has %d items and %d KB.", ItemsPage.ITEMS, ItemsPage.BYTES / 1024);
        report.paragraph("The bridge runs with `%s`.", String.join(" ", Bridge.OPTIONS));
        boolean whole = false;
        try {
            measure(wanted, report);
            whole = true;
        } catch (Exception failed) {
            if (!Program.isEnding()) {
                failed.printStackTrace();
            }
        }
        System.out.println("\nAlso in " + Machine.output().resolve("report.md"));
        // also ends what a library may have left running
        System.exit(whole ? 0 : 1);
    }

    private static Set<String> wanted(String[] arguments) {
        Set<String> wanted =
                new LinkedHashSet<>(arguments.length == 0 ? List.of("all") : Arrays.asList(arguments[0].split(",")));
        if (wanted.remove("all")) {
            wanted.addAll(PARTS);
        }
        if (!PARTS.containsAll(wanted)) {
            System.err.println("Parts are " + PARTS + " and all");
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
        if (wanted.contains("first")) {
            new FirstPart(report).measure();
        }
        if (wanted.contains("scale")) {
            new ScalePart(report).measure();
        }
        if (wanted.contains("cold")) {
            new ColdPart(report).measure();
        }
        if (wanted.contains("memory")) {
            new MemoryPart(report).measure();
        }
        if (wanted.contains("start")) {
            new StartPart(report).measure();
        }
        if (wanted.contains("jmh")) {
            new JmhPart(report).measure();
        }
    }
}
