package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant that answers with more than anybody asked for. */
class HostileTenantTests {

    private static final Product bridge = Product.shared();
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final ContentTenant tenant = ContentTenant.start();
    private String connection;
    private String user;

    @BeforeEach
    void start() {
        connection = tenant.connectTo(bridge);
        user = bridge.user(connection, "hostile|ada");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data\":[[]       | ,[]",
                "{\"data\":[{}       | ,{}",
                "{\"data\":          | [",
                "{\"data\":[]        | ,\"a\":1",
                "{\"data\":[],\"a\":1| 1",
                "{\"data\":[],\"a    | a",
                "{\"data\":[{\"resourceId\":\"a | a",
                "{\"data\":[{\"resourceId\":\"a\"} | ,{\"resourceId\":\"a\"}",
            })
    void appsWhenThePageHasNoEndAreAnUnreadableAnswer(String beginning, String more) throws Exception {
        bridge.apps(connection, user).expect(200);
        tenant.endless(beginning, more, MOST_BYTES);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int call = 0; call < 3; call++) {
                answers.add(callers.submit(() -> bridge.apps(connection, user)));
            }
            for (Future<Answer> answer : answers) {
                answer.get().expectProblem(502, "tenant-answer-unreadable");
            }
        }
    }

    @Test
    void appsWhenThePageHasMoreThanWasAskedForAreAsManyAsWereAskedFor() {
        String item = "{\"resourceId\":\"%d\",\"name\":\"App\",\"unknown\":[{\"deep\":[1,2,{\"a\":null}]},\"%s\"]}";
        String items = IntStream.range(0, 250)
                .mapToObj(number -> item.formatted(number, "x".repeat(20_000)))
                .collect(Collectors.joining(","));
        tenant.items(exchange -> {
            json(exchange);
            exchange.getResponseBody()
                    .write(("{\"data\":[" + items + "],\"links\":{\"next\":{\"href\":\"/api/v1/items?next=more\"}}}")
                            .getBytes(StandardCharsets.UTF_8));
        });

        Answer page = bridge.apps(connection, user).expect(200);

        assertThat(page.json().path("items")).hasSize(100);
        assertThat(page.json().path("items").path(99).path("id").asString()).isEqualTo("99");
        assertThat(page.json().path("next").asString()).isEqualTo("more");
    }

    /** Each is one of the answers on the way to a key. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v1/api-keys"})
    void keyWhenADocumentOnTheWayHasNoEndIsAnUnreadableAnswer(String path) {
        tenant.answers(path, exchange -> {
            json(exchange);
            exchange.getResponseBody().write("{\"id\":[[]".getBytes(StandardCharsets.UTF_8));
            for (int sent = 0; sent < 3 * MOST_BYTES; sent += 60_000) {
                exchange.getResponseBody().write(",[]".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            }
        });

        if (path.endsWith("api-keys")) {
            bridge.apps(connection, user).expectProblem(502, "tenant-answer-unreadable");
        } else {
            Answer test = bridge.post("/api/v1/connections/" + connection + "/test", java.util.Map.of("user", user))
                    .expect(200);
            assertThat(test.text()).contains("cannot be read");
        }
    }

    private static void json(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
    }
}
