package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The packaged application, unpacked and with a cache of what the JVM finds out at each start, so that starting it again
 * and again costs a third of what it would.
 */
public final class BridgeJar {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Small and quick to start; where it lies in memory need be no secret here. */
    private static final List<String> SMALL = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    private final Path folder;
    private final Path jar;
    private final Map<String, Object> database;
    private final List<String> settings;
    private final AtomicInteger started = new AtomicInteger();

    private BridgeJar(Path folder, Map<String, Object> database, Map<String, Object> settings) throws Exception {
        this.folder = folder;
        this.database = database;
        this.settings = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
        Path packaged = Path.of(System.getProperty("bridge.jar"));
        run(List.of(JAVA, "-Djarmode=tools", "-jar", packaged.toString(), "extract", "--destination", "app"));
        this.jar = folder.resolve("app").resolve(packaged.getFileName());
    }

    /**
     * Unpacks it, and starts it once for the cache.
     *
     * @param folder for the application and for what its processes say
     * @param database one that is migrated
     */
    public static BridgeJar unpack(Path folder, Map<String, Object> database, Map<String, Object> settings)
            throws Exception {
        Files.createDirectories(folder);
        BridgeJar bridge = new BridgeJar(folder, database, settings);
        bridge.run(bridge.command("-XX:AOTCacheOutput=" + bridge.cache(), "-Dspring.context.exit=onRefresh"));
        assertThat(bridge.cache()).isNotEmptyFile();
        return bridge;
    }

    /**
     * Starts a replica, without waiting for it.
     *
     * @param options of Java, which win over those that all replicas have
     */
    public BridgeProcess start(String... options) throws IOException {
        Path output = folder.resolve("replica-" + started.incrementAndGet() + ".log");
        List<String> all = new ArrayList<>(List.of("-XX:AOTCache=" + cache()));
        all.addAll(List.of(options));
        return BridgeProcess.of(process(command(all.toArray(String[]::new))), output);
    }

    private Path cache() {
        return folder.resolve("app.aot").toAbsolutePath();
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(SMALL);
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--server.port=0"));
        command.addAll(settings);
        return command;
    }

    private void run(List<String> command) throws Exception {
        Path output = Files.createTempFile(folder, "prepare", ".log");
        Process process = process(command).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        Stream.of("BRIDGE_", "SPRING_", "JAVA_TOOL", "JDK_JAVA").anyMatch(name::startsWith));
        environment.put("SPRING_DATASOURCE_URL", value("spring.datasource.url"));
        environment.put("SPRING_DATASOURCE_USERNAME", value("spring.datasource.username"));
        environment.put("SPRING_DATASOURCE_PASSWORD", value("spring.datasource.password"));
        environment.put("BRIDGE_VAULT_KEYS", TestVaultKeys.K1);
        environment.put("BRIDGE_ACCESS_ADMIN_SECRET", Product.ADMIN_SECRET);
        environment.put("BRIDGE_CONNECTIONS_ALLOWED_HOSTS", "http://127.0.0.1");
        return builder;
    }

    private String value(String property) {
        return String.valueOf(database.get(property));
    }
}
