package io.qlikbridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that was started for a measurement. It and what it starts never outlive this JVM. */
final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ending = true;
            RUNNING.forEach(Program::kill);
        }));
    }

    private static volatile boolean ending;

    private final String name;
    private final Process process;
    private final Path output;

    private Program(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** Whether the measurement was told to end, and takes with it what it started. */
    static boolean isEnding() {
        return ending;
    }

    /** @param environment on top of ours, without what would configure a bridge or a JVM */
    static Program start(String name, Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createDirectories(folder).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(key -> Stream.of("BRIDGE_", "SPRING_", "JAVA_TOOL", "JDK_JAVA")
                            .anyMatch(key::startsWith));
            builder.environment().putAll(environment);
            Program program = new Program(name, builder.start(), output);
            RUNNING.add(program);
            return program;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs it to its end, and gives what it said. */
    static String run(String name, Path folder, List<String> command) throws InterruptedException {
        return run(name, folder, Map.of(), command);
    }

    static String run(String name, Path folder, Map<String, String> environment, List<String> command)
            throws InterruptedException {
        try (Program program = start(name, folder, environment, command)) {
            if (!program.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || program.process.exitValue() != 0) {
                throw program.failed();
            }
            return program.said();
        }
    }

    /** Waits until it has said this, and gives the match. */
    Matcher await(Pattern wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher matcher = wanted.matcher(said());
            if (matcher.find()) {
                return matcher;
            }
            if (!process.isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw failed();
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw failed();
        }
    }

    long pid() {
        return process.pid();
    }

    /** The processor time it and what it started have used. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    IllegalStateException failed() {
        if (ending) {
            return new IllegalStateException("The measurement was ended");
        }
        String said = said();
        return new IllegalStateException(
                name + " does not do what it should:\n" + said.substring(Math.max(0, said.length() - 4000)));
    }

    /** Asks it to end, and gives it what time it needs. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw failed();
        }
    }

    /** Ends it, by force when it does not by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        kill();
        process.onExit().join();
        RUNNING.remove(this);
    }

    private void kill() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException notYet) {
            return "";
        }
    }
}
