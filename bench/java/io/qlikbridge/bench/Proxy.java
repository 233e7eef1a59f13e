package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another program in the bridge's place, between the driver and the upstream.
 *
 * @param version as it says itself
 */
record Proxy(String name, String version, Program program, int port) implements AutoCloseable {

    /** Where it is; nothing where it is not installed. */
    static Optional<Path> installed(String name) {
        return Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A folder of its own, among the output. */
    static Path folder(String name) throws IOException {
        return Files.createDirectories(Machine.output().resolve(name));
    }

    /**
     * Started, and listening.
     *
     * @param command that begins with where the program is
     */
    static Proxy start(String name, Processors processors, int port, List<String> command)
            throws IOException, InterruptedException {
        Path folder = folder(name);
        String version = Program.run(name + "-version", folder, List.of(command.getFirst(), "-v"));
        Program program = Program.start(name, folder, Map.of(), processors.only(command));
        Proxy proxy = new Proxy(name, version.lines().findFirst().orElse(""), program, port);
        Ports.await(port, program);
        return proxy;
    }

    @Override
    public void close() {
        program.close();
    }
}
