package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packaged application, unpacked and with a cache of what the JVM finds out at each start, so that starting it again
 * and again costs a third of what it would.
 */
public final class BridgeJar {

    private static final Logger log = LoggerFactory.getLogger(BridgeJar.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LAST_PORT = 30_000;
    private static final AtomicInteger PORTS =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(10_000, 20_000));

    /** The one that runs the tests. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Small and quick to start; where it lies in memory need be no secret here. */
    private static final List<String> SMALL = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    private static final String INITIALIZER =
            "BOOT-INF/classes/io/qlikbridge/BridgeApplication__ApplicationContextInitializer.class";

    /** Beside the jar, so that everything that needs the application of one build has it unpacked once. */
    private static final class Unpacked {

        private static final Path PACKAGED = Path.of(System.getProperty("bridge.jar"));
        private static final Path FOLDER = PACKAGED.resolveSibling("unpacked").toAbsolutePath();
        private static final Path JAR = FOLDER.resolve(PACKAGED.getFileName());
        private static final Path CACHE = FOLDER.resolve("bridge.aot");

        /** Whether it is packaged as for an image, with what Spring finds out at each start otherwise. */
        private static final boolean AHEAD_OF_TIME = isAheadOfTime();

        /** In a thread of its own: whoever asks first may be interrupted for having waited too long. */
        private static final FutureTask<Void> UNPACKING = new FutureTask<>(Unpacked::unpack);

        static {
            Thread.ofPlatform().daemon().start(UNPACKING);
        }

        private static boolean isAheadOfTime() {
            try (ZipFile jar = new ZipFile(PACKAGED.toFile())) {
                return jar.getEntry(INITIALIZER) != null;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static Path cache() {
            try {
                UNPACKING.get();
                return CACHE;
            } catch (InterruptedException | ExecutionException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static Void unpack() throws Exception {
            if (Files.exists(CACHE)
                    && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(PACKAGED)) > 0) {
                return null;
            }
            Files.deleteIfExists(CACHE);
            Path packaged = PACKAGED.toAbsolutePath();
            Files.createDirectories(FOLDER);
            run(new ProcessBuilder(
                    JAVA,
                    "-Djarmode=tools",
                    "-jar",
                    packaged.toString(),
                    "extract",
                    "--force",
                    "--destination",
                    FOLDER.toString()));
            run(process(
                    FOLDER,
                    TestDatabase.fresh(),
                    command(0, List.of(), "-XX:AOTCacheOutput=" + CACHE, "-Dspring.context.exit=onRefresh")));
            assertThat(CACHE).isNotEmptyFile();
            return null;
        }

        private static void run(ProcessBuilder builder) throws Exception {
            Path output = Files.createTempFile(FOLDER, "prepare", ".log");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        }
    }

    /** Begins what {@link #unpack} waits for. */
    static Future<?> makeReady() {
        return Unpacked.UNPACKING;
    }

    private final Path folder;
    private final Map<String, Object> database;
    private final Map<String, Object> settings;
    private final AtomicInteger started = new AtomicInteger();

    private BridgeJar(Path folder, Map<String, Object> database, Map<String, Object> settings) {
        this.folder = folder;
        this.database = database;
        this.settings = settings;
    }

    /**
     * Unpacks it and starts it once for the cache, unless that has been done.
     *
     * @param folder for what its processes say
     * @param database one that is migrated
     */
    public static BridgeJar unpack(Path folder, Map<String, Object> database, Map<String, Object> settings)
            throws IOException {
        Files.createDirectories(folder);
        assertThat(Unpacked.cache()).isNotEmptyFile();
        return new BridgeJar(folder, database, settings);
    }

    /** How Java is told to run the unpacked application with its cache; the application's own arguments come after. */
    public static List<String> command() {
        return command(0, List.of(), "-XX:AOTCache=" + Unpacked.cache());
    }

    /**
     * Starts a replica, without waiting for it.
     *
     * @param options of Java, which win over those that all replicas have
     */
    public BridgeProcess start(String... options) throws IOException {
        Path output = folder.resolve("replica-" + started.incrementAndGet() + ".log");
        List<String> command = command(unusedPort(), List.of(options), "-XX:AOTCache=" + Unpacked.cache());
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return BridgeProcess.of(process(folder, database, command).redirectErrorStream(true), output);
    }

    /** One that no system gives to whoever wants any: nobody else answers there once its replica was killed. */
    private static int unusedPort() {
        for (int port = PORTS.getAndIncrement(); port < LAST_PORT; port = PORTS.getAndIncrement()) {
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                log.debug("Port {} is taken", port);
            }
        }
        throw new IllegalStateException("There are no ports left");
    }

    private static List<String> command(int port, List<String> options, String... more) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(SMALL);
        if (Unpacked.AHEAD_OF_TIME) {
            command.add("-Dspring.aot.enabled=true");
        }
        command.addAll(List.of(more));
        command.addAll(options);
        command.addAll(List.of("-jar", Unpacked.JAR.toString(), "--server.port=" + port));
        return command;
    }

    private static ProcessBuilder process(Path folder, Map<String, Object> database, List<String> command) {
        // who is killed leaves files behind
        command.add(1, "-Djava.io.tmpdir=" + folder);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        Stream.of("BRIDGE_", "SPRING_", "JAVA_TOOL", "JDK_JAVA").anyMatch(name::startsWith));
        for (String property : List.of("url", "username", "password")) {
            environment.put(
                    "SPRING_DATASOURCE_" + property.toUpperCase(Locale.ROOT),
                    String.valueOf(database.get("spring.datasource." + property)));
        }
        if (Unpacked.AHEAD_OF_TIME) {
            environment.put("MANAGEMENT_SERVER_PORT", "0");
        }
        environment.put("BRIDGE_VAULT_KEYS", TestVaultKeys.K1);
        environment.put("BRIDGE_ACCESS_ADMIN_SECRET", Product.ADMIN_SECRET);
        environment.put("BRIDGE_CONNECTIONS_ALLOWED_HOSTS", "http://127.0.0.1");
        return builder;
    }
}
