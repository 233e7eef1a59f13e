package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From the start of the program to the first 200 of readiness, on a database that is migrated. */
final class StartPart {

    private static final int STARTS = 5;

    private final Report report;
    private final Map<String, Object> database = Database.fresh();

    StartPart(Report report) {
        this.report = report;
    }

    /** @param processor the time all its threads took until then */
    private record Start(double seconds, double processor) {}

    void measure() throws IOException, InterruptedException {
        report.section("Start");
        Shipped shipped = Shipped.make(database);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"start to ready", "seconds", "CPU seconds", "of the unpacked"});
        List<Start> packed = new ArrayList<>();
        List<Start> unpacked = new ArrayList<>();
        List<Start> cached = new ArrayList<>();
        for (int number = 0; number < STARTS; number++) {
            packed.add(start("start-packed", Machine.jar(), List.of()));
            unpacked.add(start("start-unpacked", shipped.jar(), List.of()));
            cached.add(start("start-cached", shipped.jar(), shipped.options()));
        }
        double plain = median(unpacked);
        rows.add(row("the jar as it is", packed, plain));
        rows.add(row("unpacked", unpacked, plain));
        rows.add(row("unpacked, with the ahead-of-time cache", cached, plain));
        report.table(rows);
        report.paragraph(
                "Medians of %d starts each, in turn. The cache has %d MB.",
                STARTS, Files.size(shipped.cache()) / 1_000_000);
    }

    private Start start(String name, Path jar, List<String> options) throws IOException, InterruptedException {
        int port = Machine.freePort();
        long begin = System.nanoTime();
        try (Program program = program(name, port, jar, options)) {
            awaitReady(program, port);
            double seconds = Measured.seconds(Duration.ofNanos(System.nanoTime() - begin));
            return new Start(seconds, Measured.seconds(program.processorTime()));
        }
    }

    private Program program(String name, int port, Path jar, List<String> options) {
        List<String> command = new ArrayList<>(List.of(Machine.tool("java")));
        command.addAll(Bridge.OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return Program.start(name, Machine.output(), Bridge.environment(database, port), command);
    }

    private static void awaitReady(Program program, int port) throws InterruptedException {
        Ports.await(port, program);
        while (Http.get("http://127.0.0.1:" + port + "/actuator/health/readiness", null)
                        .status()
                != 200) {
            program.requireAlive();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static String[] row(String name, List<Start> starts, double plain) {
        return new String[] {
            name,
            Report.format("%.2f", median(starts)),
            Report.format(
                    "%.2f",
                    Measured.median(
                            starts.stream().mapToDouble(Start::processor).toArray())),
            Report.format("%.2f", median(starts) / plain)
        };
    }

    private static double median(List<Start> starts) {
        return Measured.median(starts.stream().mapToDouble(Start::seconds).toArray());
    }
}
