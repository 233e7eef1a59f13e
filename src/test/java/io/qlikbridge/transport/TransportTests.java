package io.qlikbridge.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.proxy.TestKeyStore;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Time-outs, the bound on concurrent calls, and TLS with private authorities. */
class TransportTests {

    /** Far longer than the time-out of reading, which a machine that stands still notices late. */
    private static final Duration LATE = Duration.ofSeconds(8);

    @TempDir
    static Path files;

    private static Product bridge;
    private static SimulatedTenant tenant;

    @BeforeAll
    static void start() throws Exception {
        TestKeyStore.make(files, "localhost", "dns:localhost,ip:127.0.0.1");
        TestKeyStore.make(files, "elsewhere", "dns:qlik.example.org,dns:other.example.org");
        tenant = SimulatedTenant.start();
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of(
                        "bridge.tenant.read-timeout",
                        "PT2S",
                        "bridge.tenant.connect-timeout",
                        "PT4S",
                        "bridge.tenant.max-concurrency",
                        "2",
                        "bridge.tenant.max-wait",
                        "PT0.3S",
                        "spring.ssl.bundle.jks.internal.truststore.location",
                        "file:" + files.resolve("localhost.p12"),
                        "spring.ssl.bundle.jks.internal.truststore.password",
                        TestKeyStore.PASSWORD,
                        "spring.ssl.bundle.jks.names.truststore.location",
                        "file:" + files.resolve("elsewhere.p12"),
                        "spring.ssl.bundle.jks.names.truststore.password",
                        TestKeyStore.PASSWORD));
    }

    @AfterAll
    static void stop() {
        bridge.close();
        tenant.close();
    }

    @Test
    void callWhenTheTenantIsSilentTimesOut() {
        String main = bridge.connectTo(tenant);
        String user = bridge.user(main, "silent");
        tenant.apps("silent", App.of("Late"));
        tenant.after(
                (request, answer) -> request.getUrl().startsWith("/api/v1/items") ? Faults.late(answer, LATE) : answer);
        try {
            Answer answer = bridge.apps(main, user).expectProblem(503, "tenant-unreachable");

            assertThat(answer.detail()).contains("timed out", "items");
        } finally {
            tenant.after((request, answer) -> answer);
        }
    }

    @Test
    void callWhenTheAnswerTricklesIsBroken() throws Exception {
        // a byte every 300 ms, so that no single read is late
        try (ServerSocket content = trickling("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
                ServerSocket head = trickling("");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();

            for (Future<Answer> answer :
                    callers.invokeAll(List.<Callable<Answer>>of(() -> apps(content), () -> apps(head)))) {
                assertThat(answer.get().expectProblem(503, "tenant-unreachable").detail())
                        .contains("timed out");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense\\n, 503, tenant-unreachable, without an HTTP answer",
        "HTTP/1.1 200 OK\\nContent-Length: x\\n, 502, tenant-answer-unreadable, not HTTP",
        "HTTP/1.1 200 OK\\nContent-Encoding: gzip\\nContent-Length: 4\\n\\nabcd, 502, tenant-answer-unreadable, not HTTP",
        "HTTP/1.1 200 OK\\nContent-Length: 40\\n\\nabcd, 502, tenant-answer-unreadable, ended too early",
    })
    void callWhenTheAnswerIsNotHttpSaysSo(String answered, int status, String code, String detail) throws Exception {
        try (ServerSocket odd = answering(answered.replace("\\n", "\r\n") + "\r\n")) {
            String main = bridge.connectTo(tenant, Map.of("host", "http://127.0.0.1:" + odd.getLocalPort()));

            Answer answer = bridge.apps(main, bridge.user(main, "odd")).expectProblem(status, code);

            assertThat(answer.detail()).contains(detail);
        }
    }

    private static Answer apps(ServerSocket server) {
        String main = bridge.connectTo(tenant, Map.of("host", "http://127.0.0.1:" + server.getLocalPort()));
        return bridge.apps(main, bridge.user(main, "trickle"));
    }

    private static ServerSocket trickling(String head) throws IOException {
        return serve(socket -> {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < 200; sent++) {
                socket.getOutputStream().write(' ');
                socket.getOutputStream().flush();
                Thread.sleep(300);
            }
        });
    }

    private static ServerSocket answering(String text) throws IOException {
        return serve(socket -> {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            while (!request.readLine().isEmpty()) {
                // to the end, or closing the socket would reset it
            }
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        });
    }

    private static ServerSocket serve(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            conversation.with(socket);
                        } catch (IOException | InterruptedException over) {
                            // the other side has hung up
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }

    private interface Conversation {

        void with(Socket socket) throws IOException, InterruptedException;
    }

    @Test
    void callWhenTheTenantHangsIsTurnedAwayBeyondTheBound() throws Exception {
        String main = bridge.connectTo(tenant);
        String user = bridge.user(main, "busy");
        bridge.apps(main, user).expect(200);
        int before = tenant.calls("/api/v1/items").size();
        tenant.after(
                (request, answer) -> request.getUrl().startsWith("/api/v1/items") ? Faults.late(answer, LATE) : answer);
        int busy = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            List<Future<Answer>> asked = IntStream.range(0, 10)
                    .mapToObj(ignored -> threads.submit(() -> bridge.apps(main, user)))
                    .toList();
            for (Future<Answer> one : asked) {
                if (one.get().code().equals("tenant-unreachable")) {
                    continue;
                }
                one.get().expectProblem(503, "too-busy");
                assertThat(one.get().header("Retry-After")).isEqualTo("1");
                busy++;
            }
        } finally {
            tenant.after((request, answer) -> answer);
        }

        assertThat(busy).isBetween(1, 8);
        assertThat(tenant.calls("/api/v1/items")).hasSize(before + 10 - busy);
        // the places have come back
        for (int call = 0; call < 3; call++) {
            bridge.apps(main, user).expect(200);
        }
    }

    @Test
    void callWhenCertificateIsOfAPrivateAuthorityNeedsItsBundle() throws IOException {
        try (Tls server = Tls.start(files.resolve("localhost.p12"))) {
            String trusting = bridge.connectTo(tenant, Map.of("host", server.url(), "sslBundle", "internal"));
            String distrusting = bridge.connectTo(tenant, Map.of("host", server.url()));

            Answer refused =
                    bridge.apps(distrusting, bridge.user(distrusting, "tls")).expectProblem(503, "tenant-unreachable");
            assertThat(refused.detail()).contains("not signed by an authority", "sslBundle");
            // reached, and answered without cookies
            bridge.apps(trusting, bridge.user(trusting, "tls")).expectProblem(502, "tenant-answer-unreadable");
            assertThat(server.asked()).isOne();
        }
    }

    @Test
    void callWhenCertificateIsForOtherNamesShowsThem() throws IOException {
        try (Tls server = Tls.start(files.resolve("elsewhere.p12"))) {
            String main = bridge.connectTo(tenant, Map.of("host", server.url(), "sslBundle", "names"));
            String user = bridge.user(main, "names");

            Answer answer = bridge.apps(main, user).expectProblem(503, "tenant-unreachable");

            assertThat(answer.detail()).contains("TLS failure", "qlik.example.org", "other.example.org");
            assertThat(server.asked()).isZero();
            JsonNode checks = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", user))
                    .expect(200)
                    .json()
                    .path("checks");
            assertThat(checks.findValuesAsString("name"))
                    .containsExactly(
                            "signing-key",
                            "reachable",
                            "tls",
                            "clock",
                            "assertion",
                            "session",
                            "user",
                            "api-key",
                            "app-list");
            assertThat(checks.findValuesAsString("status"))
                    .containsExactly(
                            "passed", "passed", "failed", "skipped", "skipped", "skipped", "skipped", "skipped",
                            "skipped");
            assertThat(checks.path(2).path("detail").asString()).contains("qlik.example.org");
            assertThat(checks.path(2).path("remedy").asString()).isNotBlank();
        }
    }

    /** Answers everything with an empty 200, over TLS. */
    private record Tls(WireMockServer server) implements AutoCloseable {

        private static Tls start(Path keyStore) {
            WireMockServer server = TestKeyStore.serving(keyStore);
            server.stubFor(any(anyUrl()).willReturn(ok()));
            return new Tls(server);
        }

        private String url() {
            return "https://localhost:" + server.httpsPort();
        }

        private int asked() {
            return server.getAllServeEvents().size();
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
