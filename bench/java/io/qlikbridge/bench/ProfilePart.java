package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import one.profiler.AsyncProfilerLoader;

/** Where a loaded bridge spends its processor time, and what it allocates. */
final class ProfilePart {

    private static final Duration TIME = Machine.seconds(10);

    private final Report report;

    ProfilePart(Report report) {
        this.report = report;
    }

    void measure(Scene scene) throws IOException, InterruptedException {
        report.section("Profile");
        AsyncProfilerLoader.setExtractionDirectory(
                Files.createDirectories(Machine.output().resolve("async-profiler")));
        if (!AsyncProfilerLoader.isSupported()) {
            report.paragraph("There is no async-profiler for this platform.");
            return;
        }
        for (Target target : scene.bridge()) {
            // the one event that needs no permission of the kernel and sees all threads
            profile(target, "ctimer", "processor time");
            profile(target, "alloc", "allocated bytes");
        }
    }

    private void profile(Target target, String event, String what) throws IOException {
        String name = target.name().replaceAll("[^a-z]+", "-") + "-" + event;
        Path collapsed = Machine.output().resolve(name + ".collapsed");
        Path flames = Machine.output().resolve(name + ".html");
        String pid = String.valueOf(target.program().pid());
        asprof("start", "-e", event, "-i", event.equals("alloc") ? "64k" : "1ms", pid);
        Measured run = Driver.flatOut(target, Scene.CONNECTIONS, TIME);
        asprof("dump", "-o", "collapsed", "--total", "-f", collapsed.toString(), pid);
        asprof("stop", "-o", "flamegraph", "-f", flames.toString(), pid);
        Stacks stacks = Stacks.read(collapsed);
        report.paragraph(
                "**%s, %s** (%d requests; [%s](%s))",
                target.name(), what, run.good(), flames.getFileName(), flames.getFileName());
        if (event.equals("alloc")) {
            report.paragraph("%.1f KB a request.", stacks.total() / 1024.0 / Math.max(1, run.good()));
        }
        report.listing(stacks.summary());
    }

    private static void asprof(String... arguments) throws IOException {
        AsyncProfilerLoader.ExecutionResult result = AsyncProfilerLoader.executeProfiler(arguments);
        if (result.getStderr().contains("rror")) {
            throw new IOException(result.getStderr());
        }
    }
}
