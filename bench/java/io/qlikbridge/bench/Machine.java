package io.qlikbridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the measurement runs on, and with. */
final class Machine {

    private static final int TICKS_PER_SECOND = 100;

    private Machine() {}

    /** A program of the JDK that runs this: {@code java}, {@code jcmd}. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The packaged application. */
    static Path jar() {
        return Path.of(System.getProperty("bridge.jar")).toAbsolutePath();
    }

    /** Where the report and everything on the way to it goes. */
    static Path output() {
        return Path.of(System.getProperty("bench.output", "target/bench")).toAbsolutePath();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** So many seconds, or as many as {@code bench.seconds} has all measurements take. */
    static Duration seconds(int usual) {
        return Duration.ofSeconds(Long.getLong("bench.seconds", usual));
    }

    static String description() {
        return "%d processors (%s), %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        System.getProperty("java.vm.version"));
    }

    /** The time all processors together were busy since the machine started; nothing where the system does not tell. */
    static Duration busy() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
            long processors =
                    lines.stream().filter(line -> line.matches("cpu\\d.*")).count();
            if (processors != Runtime.getRuntime().availableProcessors()) {
                return null;
            }
            long[] ticks = Arrays.stream(lines.getFirst().split("\\s+"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            // user, nice, system, idle, iowait, irq, softirq
            return Duration.ofMillis((ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) * 1000 / TICKS_PER_SECOND);
        } catch (IOException elsewhere) {
            return null;
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }
}
