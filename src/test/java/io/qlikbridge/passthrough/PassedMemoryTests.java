package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers take of memory, however long they are. */
@Isolated("measures the memory of this JVM")
class PassedMemoryTests {

    private static final Product bridge = Product.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Seldom: a collection of all that the tests before have left takes a second or more. */
    private static final long MEASURED_AT = 64L << 20;

    private static final Duration MEASURED_EVERY = Duration.ofMillis(1_500);

    private final ContentTenant tenant = ContentTenant.start();
    private String connection;
    private String user;

    @BeforeEach
    void start() {
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
        long length = 96L * 1024 * 1024;
        byte[] piece = ("\"" + "x".repeat(64 * 1024 - 3) + "\",").getBytes(StandardCharsets.UTF_8);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, length);
            OutputStream out = exchange.getResponseBody();
            for (long sent = 0; sent < length; sent += piece.length) {
                out.write(piece);
            }
            out.close();
        });
        String token = bridge.client(new String[] {"bridge.apps"}, user);
        System.gc();
        long before = used();
        long most = 0;
        long received = 0;

        HttpResponse<InputStream> response = HTTP.send(
                bridge.request("/qlik/" + connection + "/api/v1/items", token)
                        .header("Accept-Encoding", "identity")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = response.body()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long until = received + read;
                if (until / MEASURED_AT > received / MEASURED_AT) {
                    System.gc();
                    most = Math.max(most, used() - before);
                }
                received = until;
            }
        }

        assertThat(received).isEqualTo(length);
        assertThat(response.headers().firstValue("Content-Length").isPresent()).isFalse();
        assertThat(most).isLessThan(40L << 20);
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
        tenant.endless(beginning, more, 8 * 1024 * 1024);
        System.gc();
        long before = used();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int call = 0; call < 24; call++) {
                answers.add(callers.submit(() -> bridge.apps(connection, user)));
            }
            long most = 0;
            while (!answers.stream().allMatch(Future::isDone)) {
                Thread.sleep(MEASURED_EVERY);
                System.gc();
                most = Math.max(most, used() - before);
            }
            for (Future<Answer> answer : answers) {
                answer.get().expectProblem(502, "tenant-answer-unreadable");
            }
            assertThat(most).isLessThan(64L << 20);
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
