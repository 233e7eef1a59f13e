package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A reverse proxy that adds a fixed credential: what the bridge does, without knowing whose. */
final class Nginx {

    static final String NAME = "nginx";

    private static final String CONFIGURATION = """
            worker_processes %d;
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
                    keepalive 512;
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

    private Nginx() {}

    /** Nothing where nginx is not installed. */
    static Optional<Proxy> start(UpstreamProcess upstream, Processors processors)
            throws IOException, InterruptedException {
        Optional<Path> installed = Proxy.installed(NAME);
        if (installed.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Proxy.folder(NAME);
        int port = Machine.freePort();
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                CONFIGURATION.formatted(processors.count(), upstream.port(), port, "k".repeat(600)));
        List<String> command =
                List.of(installed.get().toString(), "-p", folder + "/", "-c", configuration.toString(), "-e", "stderr");
        return Optional.of(Proxy.start(NAME, processors, port, command));
    }
}
