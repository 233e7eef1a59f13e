package io.qlikbridge.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The {@link Upstream} in a JVM of its own. */
final class UpstreamProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Listening on port (\\d+)");

    private final Program program;
    private final int port;

    private UpstreamProcess(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    static UpstreamProcess start() throws InterruptedException {
        Program program = Program.start(
                "upstream",
                Machine.output(),
                Map.of(),
                List.of(
                        Machine.tool("java"),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Upstream.class.getName()));
        return new UpstreamProcess(program, Integer.parseInt(program.await(PORT).group(1)));
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Program program() {
        return program;
    }

    /** From now on each answer leaves so long after its request. */
    void latency(int millis) {
        Http.get(url() + "/bench/latency/" + millis, null).require(200);
    }

    /** How often it was asked for what since it was last asked this. */
    Map<String, Integer> calls() {
        Map<String, Integer> calls = new TreeMap<>();
        Http.get(url() + "/bench/forget", null)
                .require(200)
                .json()
                .properties()
                .forEach(entry -> calls.put(entry.getKey(), entry.getValue().asInt()));
        return calls;
    }

    @Override
    public void close() {
        program.close();
    }
}
