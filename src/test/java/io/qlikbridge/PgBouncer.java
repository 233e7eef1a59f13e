package io.qlikbridge;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's PgBouncer in front of a database of {@link TestDatabase}. */
final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final Map<String, Object> database;

    private PgBouncer(Process process, Map<String, Object> database) {
        this.process = process;
        this.database = database;
    }

    /** Where it is installed, if it is. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param sessions how many of the server's it hands out */
    static PgBouncer before(Map<String, Object> database, String mode, int sessions, Path directory)
            throws IOException {
        int port = freePort();
        URI server = URI.create(database.get("spring.datasource.url").toString().substring("jdbc:".length()));
        String name = server.getPath().substring(1);
        String password = database.get("spring.datasource.password").toString();
        Path settings = directory.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                %s = host=%s port=%d dbname=%s user=%s%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        name,
                        server.getHost(),
                        server.getPort(),
                        name,
                        database.get("spring.datasource.username"),
                        password.isEmpty() ? "" : " password=" + password,
                        port,
                        mode,
                        sessions));
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            // it refuses to serve as root
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Path output = directory.resolve("pgbouncer.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Map<String, Object> through = new HashMap<>(database);
        through.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/" + name);
        PgBouncer started = new PgBouncer(process, through);
        try {
            Awaitility.await().until(() -> !process.isAlive() || answers(port));
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(output));
            }
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    /** Spring Boot's properties for the way through it. */
    Map<String, Object> database() {
        return database;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
