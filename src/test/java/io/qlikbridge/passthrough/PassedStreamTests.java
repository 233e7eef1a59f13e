package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Answers that are long, slow, or break off. Sign-in is the simulated tenant's, everything else this test's own. The bridge is as
 * all others are, but that it unpacks an eighth of what it would.
 */
class PassedStreamTests {

    private static final PassedAnswer.MostUnpacked AN_EIGHTH =
            new PassedAnswer.MostUnpacked(PassedAnswer.MostUnpacked.DEFAULT.bytes() / 8);

    private static Product bridge;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ContentTenant tenant = ContentTenant.start();
    private String connection;
    private String token;

    @BeforeAll
    static void startBridge() {
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of(),
                context -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                    @Override
                    public Object postProcessAfterInitialization(Object bean, String name) {
                        return bean instanceof PassedAnswer.MostUnpacked ? AN_EIGHTH : bean;
                    }
                }));
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    @BeforeEach
    void start() {
        connection = tenant.connectTo(bridge);
        token = bridge.client(new String[] {"bridge.apps"}, bridge.user(connection, "stream|ada"));
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void firstBytesComeBeforeTheLastOnesAreSent(String coding) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            OutputStream out = body(exchange, coding, 0);
            out.write("{\"links\":{\"a\":{\"href\":\"/first\"}".getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(seen);
            out.write(",\"b\":{\"href\":\"/last\"}}}".getBytes(StandardCharsets.UTF_8));
            out.close();
        });

        HttpResponse<InputStream> response = get(coding, HttpResponse.BodyHandlers.ofInputStream());
        InputStream in = coding.equals("gzip") ? new GZIPInputStream(response.body()) : response.body();
        String first = "{\"links\":{\"a\":{\"href\":\"/qlik/" + connection + "/first\"}";

        assertThat(new String(in.readNBytes(first.length()), StandardCharsets.UTF_8))
                .isEqualTo(first);
        assertThat(seen.getCount()).isEqualTo(1);
        seen.countDown();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(",\"b\":{\"href\":\"/qlik/" + connection + "/last\"}}}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerThatBreaksOffIsABrokenAnswer(boolean known) throws Exception {
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            OutputStream out = body(exchange, "identity", known ? 1_000_000 : 0);
            out.write("[\"x\"],".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("on purpose");
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get("identity", HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Test
    void answerThatBreaksOffBeforeAnythingWasPassedOnIsAProblem() throws Exception {
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            OutputStream out = body(exchange, "identity", 5_000);
            out.write("[".getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("on purpose");
        });

        HttpResponse<String> response = get("identity", HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .contains("\"code\":\"tenant-answer-unreadable\"")
                .startsWith("{");
        assertThat(response.headers().map())
                .doesNotContainKeys("etag", "content-encoding")
                .containsKey("x-request-id");
    }

    @Test
    void gzipThatIsNoneIsAProblem() throws Exception {
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("not gzip at all".getBytes(StandardCharsets.UTF_8));
        });

        HttpResponse<String> response = get("gzip", HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("tenant-answer-unreadable");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void placesWhenAnswersWereGivenUpAreFreeAgain() throws Exception {
        byte[] piece = "[1],".repeat(4 * 1024).getBytes(StandardCharsets.UTF_8);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            OutputStream out = body(exchange, "identity", 0);
            while (true) {
                out.write(piece);
            }
        });
        // more than there are places
        for (int number = 0; number < 70; number++) {
            HttpResponse<InputStream> response = get("identity", HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            response.body().close();
        }
    }

    @Test
    void answersOfTheProductUnpackToAQuarterOfAGibibyte() {
        assertThat(Product.shared().bean(PassedAnswer.MostUnpacked.class).bytes())
                .isEqualTo(256L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void answersThatUnpackToAGibibyteAreBrokenOffAndKeepNobodyWaiting(String type) throws Exception {
        byte[] member = gzip(" ".repeat(16 << 20).getBytes(StandardCharsets.UTF_8));
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 64L * member.length);
            for (int sent = 0; sent < 64; sent++) {
                exchange.getResponseBody().write(member);
            }
        });

        keepingNobodyWaiting(() -> assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get("identity", HttpResponse.BodyHandlers.discarding())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream"})
    void answersThatComeAsFastAsTheyCanKeepNobodyWaiting(String type) throws Exception {
        byte[] piece = " ".repeat(256 * 1024).getBytes(StandardCharsets.UTF_8);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            for (int sent = 0; sent < 200; sent++) {
                exchange.getResponseBody().write(piece);
            }
        });

        keepingNobodyWaiting(() -> assertThat(
                        get("identity", HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200));
    }

    @Test
    void gzipOfNothingButEmptyMembersIsAProblem() throws Exception {
        byte[] member = gzip(new byte[0]);
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            for (int sent = 0; sent < 100_000; sent++) {
                exchange.getResponseBody().write(member);
            }
        });

        HttpResponse<String> response = get("gzip", HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("tenant-answer-unreadable");
    }

    @Test
    void gzipOfManyMembersIsOneAnswer() throws Exception {
        byte[] member = gzip("1,".getBytes(StandardCharsets.UTF_8));
        tenant.items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            for (int sent = 0; sent < 1_000; sent++) {
                exchange.getResponseBody().write(member);
            }
            exchange.close();
        });

        assertThat(get("identity", HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("1,".repeat(1_000));
    }

    private interface Call {
        void make() throws Exception;
    }

    /** Twice as many calls as there are processors, while others ask for something small. */
    private static void keepingNobodyWaiting(Call call) throws Exception {
        int calls = 2 * Runtime.getRuntime().availableProcessors();
        try (ExecutorService callers = Executors.newFixedThreadPool(calls)) {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < calls; number++) {
                running.add(callers.submit(() -> {
                    call.make();
                    return null;
                }));
            }
            // by number and not by time, since on a busy machine both take longer
            int served = 0;
            while (!running.stream().allMatch(Future::isDone)) {
                bridge.send("GET", "/actuator/health/liveness", null, null).expect(200);
                served++;
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(served).isGreaterThan(3);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static OutputStream body(HttpExchange exchange, String coding, long length) throws IOException {
        if (coding.equals("gzip")) {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, length);
        OutputStream out = exchange.getResponseBody();
        return coding.equals("gzip") ? new GZIPOutputStream(out, true) : out;
    }

    private <T> HttpResponse<T> get(String coding, HttpResponse.BodyHandler<T> handler) throws Exception {
        HttpRequest request = bridge.request("/qlik/" + connection + "/api/v1/items", token)
                .header("Accept-Encoding", coding)
                .build();
        return HTTP.send(request, handler);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
