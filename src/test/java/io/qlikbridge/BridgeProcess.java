package io.qlikbridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica in a JVM of its own. It never outlives this one. */
public final class BridgeProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BridgeProcess.class);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Where there is a front, Tomcat may be what serves operators. */
    private static final List<Pattern> PORTS = Stream.of("The front listens", "Tomcat started")
            .map(who -> Pattern.compile(who + " on port (\\d+)"))
            .toList();

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path output;
    private volatile int knownPort;

    private BridgeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static BridgeProcess of(ProcessBuilder builder, Path output) throws IOException {
        Process process = builder.redirectOutput(output.toFile()).start();
        RUNNING.add(process);
        return new BridgeProcess(process, output);
    }

    /** Waits until it takes requests, and gives the port of them. */
    public int awaitPort() {
        if (knownPort > 0) {
            return knownPort;
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || said().contains("Started BridgeApplication"));
        String said = said();
        Optional<Integer> port = process.isAlive()
                ? PORTS.stream()
                        .map(known -> known.matcher(said))
                        .filter(Matcher::find)
                        .map(found -> Integer.valueOf(found.group(1)))
                        .findFirst()
                : Optional.empty();
        knownPort = port.orElseThrow(() -> new IllegalStateException("A replica ended by itself:\n" + said));
        log.info(
                "{} is ready, after {} of processor time",
                output.getFileName(),
                process.info().totalCpuDuration().orElse(Duration.ZERO));
        return knownPort;
    }

    /** Whether it runs; it ends by itself only when something is wrong with it. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power failure would (SIGKILL), wherever it is. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
        RUNNING.remove(process);
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException notYet) {
            return "";
        }
    }
}
