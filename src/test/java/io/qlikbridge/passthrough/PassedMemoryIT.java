package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeJar;
import io.qlikbridge.BridgeProcess;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged application with too small a heap for the answers that pass through it. It ends at the first want of memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassedMemoryIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String HEAP = "-Xmx128m";

    /** More than the whole heap. */
    private static final long LONG_ANSWER = 160L * 1024 * 1024;

    /** As many at once as would take more than the whole heap. */
    private static final int CALLERS = 24;

    private static final int ENDLESS = 8 * 1024 * 1024;

    /** A machine that stands still is no tenant that does. */
    private static final Map<String, Object> SETTINGS =
            Map.of("bridge.tenant.connect-timeout", "PT30S", "bridge.tenant.read-timeout", "PT60S");

    private BridgeProcess process;
    private Product bridge;
    private ContentTenant tenant;
    private String connection;
    private String user;

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void startBridge(@TempDir Path folder) throws Exception {
        process = BridgeJar.unpack(folder, TestDatabase.fresh(), SETTINGS).start(HEAP, "-XX:+ExitOnOutOfMemoryError");
        bridge = Product.at(process.awaitPort());
    }

    @AfterAll
    void stopBridge() {
        if (process != null) {
            process.close();
        }
    }

    @BeforeEach
    void start() {
        tenant = ContentTenant.start();
        connection = tenant.connectTo(bridge);
        user = bridge.user(connection, "memory|ada");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream"})
    void longAnswersAreNotKept(String type) throws Exception {
        byte[] piece = ("\"" + "x".repeat(64 * 1024 - 3) + "\",").getBytes(StandardCharsets.UTF_8);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, LONG_ANSWER);
            OutputStream out = exchange.getResponseBody();
            for (long sent = 0; sent < LONG_ANSWER; sent += piece.length) {
                out.write(piece);
            }
            out.close();
        });
        String token = bridge.client(new String[] {"bridge.apps"}, user);

        HttpResponse<InputStream> response = HTTP.send(
                bridge.request("/qlik/" + connection + "/api/v1/items", token)
                        .header("Accept-Encoding", "identity")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        long received = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = response.body()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received += read;
            }
        }

        assertThat(received).isEqualTo(LONG_ANSWER);
        assertThat(response.headers().firstValue("Content-Length").isPresent()).isFalse();
        assertThat(process.isAlive()).isTrue();
    }

    /** A tree and a text, as many at once as would hurt. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data\":[[]       | ,[]",
                "{\"data\":[],\"a    | a",
            })
    void pagesWithoutAnEndHoldNoMemory(String beginning, String more) throws Exception {
        bridge.apps(connection, user).expect(200);
        tenant.endless(beginning, more, ENDLESS);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int call = 0; call < CALLERS; call++) {
                answers.add(callers.submit(() -> bridge.apps(connection, user)));
            }
            for (Future<Answer> answer : answers) {
                answer.get().expectProblem(502, "tenant-answer-unreadable");
            }
        }
        assertThat(process.isAlive()).isTrue();
    }
}
