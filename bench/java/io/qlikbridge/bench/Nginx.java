package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A reverse proxy that adds a fixed credential: what the bridge does, without knowing whose. */
final class Nginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            worker_processes auto;
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                keepalive_requests 1000000000;
                upstream tenant {
                    server 127.0.0.1:%d;
                    keepalive 64;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        proxy_pass http://tenant;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Authorization "Bearer %s";
                    }
                }
            }
            """;

    private final Program program;
    private final int port;

    private Nginx(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Nothing where nginx is not installed. */
    static Optional<Nginx> start(int upstream) throws IOException, InterruptedException {
        Optional<Path> installed = Stream.of(
                        "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createDirectories(Machine.output().resolve("nginx"));
        int port = Machine.freePort();
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), CONFIGURATION.formatted(upstream, port, "k".repeat(600)));
        Program program = Program.start(
                "nginx",
                folder,
                Map.of(),
                List.of(
                        installed.get().toString(),
                        "-p",
                        folder + "/",
                        "-c",
                        configuration.toString(),
                        "-e",
                        "stderr"));
        Nginx nginx = new Nginx(program, port);
        Ports.await(port, program);
        return Optional.of(nginx);
    }

    int port() {
        return port;
    }

    Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
