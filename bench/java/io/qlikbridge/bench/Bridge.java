package io.qlikbridge.bench;

import io.qlikbridge.TestVaultKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The packaged bridge as a process of its own, on a database of its own, with a connection to the upstream. */
final class Bridge implements AutoCloseable {

    static final String CONNECTION = "main";

    /** What an operator is told to start it with. */
    static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    private static final String ADMIN_SECRET = "the-secret-of-the-admin-of-the-measurement";

    private final Launch launch;
    private final Program program;
    private String clientSecret;

    private Bridge(Launch launch) throws InterruptedException {
        this.launch = launch;
        this.program = launch.start();
    }

    /** Ready, with a signing key and a client for all users, and no user yet. */
    static Bridge start(UpstreamProcess upstream, List<String> options) throws IOException, InterruptedException {
        return start(upstream, Processors.all(), options);
    }

    static Bridge start(UpstreamProcess upstream, Processors processors, List<String> options)
            throws IOException, InterruptedException {
        return start(upstream, processors, options, Machine.jar());
    }

    /** As images have it, with {@link #OPTIONS} on top of what it is shipped with. */
    static Bridge start(UpstreamProcess upstream, Shipped shipped) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(shipped.options());
        options.addAll(OPTIONS);
        return start(upstream, Processors.all(), options, shipped.jar());
    }

    private static Bridge start(UpstreamProcess upstream, Processors processors, List<String> options, Path jar)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Machine.tool("java")));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        Bridge bridge = new Bridge(new Launch(Database.fresh(), Machine.freePort(), processors.only(command)));
        bridge.connect(upstream);
        return bridge;
    }

    /** Another replica in the place of this one, which has ended: on its database, at its port, and just ready. */
    Program startAgain() throws InterruptedException {
        return launch.start();
    }

    /** How it is started. */
    private record Launch(Map<String, Object> database, int port, List<String> command) {

        /** Ready. */
        private Program start() throws InterruptedException {
            Program program = Program.start("bridge-" + port, Machine.output(), environment(database, port), command);
            Ports.await(port, program);
            while (Http.get(url() + "/actuator/health/readiness", null).status() != 200) {
                program.requireAlive();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return program;
        }

        private String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    /** All that it is told. */
    static Map<String, String> environment(Map<String, Object> database, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "SPRING_DATASOURCE_URL", database.get("spring.datasource.url").toString());
        environment.put(
                "SPRING_DATASOURCE_USERNAME",
                database.get("spring.datasource.username").toString());
        environment.put(
                "SPRING_DATASOURCE_PASSWORD",
                database.get("spring.datasource.password").toString());
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("BRIDGE_VAULT_KEYS", TestVaultKeys.K1);
        environment.put("BRIDGE_ACCESS_ADMIN_SECRET", ADMIN_SECRET);
        environment.put("BRIDGE_CONNECTIONS_ALLOWED_HOSTS", "http://127.0.0.1");
        return environment;
    }

    int port() {
        return launch.port();
    }

    Program program() {
        return program;
    }

    String url() {
        return launch.url();
    }

    /** A fresh token that lists the apps of anybody; good for 15 minutes. */
    String clientToken() {
        return token("bench", clientSecret);
    }

    /** Makes users {@code u<from>} to before {@code u<to>}. */
    void users(int from, int to) {
        String lines = IntStream.range(from, to)
                .mapToObj(number -> "u%d,User %d,u%d@example.org,true".formatted(number, number, number))
                .collect(Collectors.joining("\n", "username,name,email,emailVerified\n", "\n"));
        Http.send("POST", url() + "/api/v1/users/import", adminToken(), "text/csv", lines)
                .require(200);
    }

    private void connect(UpstreamProcess upstream) {
        String admin = adminToken();
        String connection = url() + "/api/v1/connections/" + CONNECTION;
        Http.json(
                        "PUT",
                        connection,
                        admin,
                        Map.of(
                                "type", "qlik-cloud",
                                "host", upstream.url(),
                                "issuer", "https://bridge.example.org",
                                "apiKeyExpiry", "P30D"))
                .require(201);
        Http.json("POST", connection + "/signing-keys", admin, Map.of("generate", Map.of("bits", 2048)))
                .require(201);
        clientSecret = Http.json(
                        "POST",
                        url() + "/api/v1/clients",
                        admin,
                        Map.of("clientId", "bench", "scopes", List.of("bridge.apps"), "users", List.of("*")))
                .require(201)
                .json()
                .path("secret")
                .asString();
    }

    private String adminToken() {
        return token("admin", ADMIN_SECRET);
    }

    private String token(String client, String secret) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return Http.send(Http.request(url() + "/oauth2/token", null)
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")))
                .require(200)
                .json()
                .path("access_token")
                .asString();
    }

    @Override
    public void close() {
        program.close();
    }
}
