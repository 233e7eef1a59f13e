package io.qlikbridge.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads that the front serves by itself are those of the application, to the byte; and what it cannot serve, that serves. */
class FrontReadTests {

    /** Of its own, for what it serves by itself to be counted. */
    private static Product bridge;

    /** No client of HTTP/1.1 needs it, and the front leaves it to the application. */
    private static final String FOR_THE_APPLICATION = "TE: trailers\r\n";

    private static SimulatedTenant tenant;
    private static String main;
    private static String ada;

    @BeforeAll
    static void start() {
        bridge = Product.start(TestDatabase.fresh(), Map.of());
        tenant = SimulatedTenant.start();
        tenant.apps("front|ada", App.of("Sales \"report\""), App.of("B\u00fcro \\ \u4f1a\u8bae"), App.of("Cash/flow"));
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "front|ada");
        bridge.apps(main, ada).expect(200);
    }

    @AfterAll
    static void stop() {
        tenant.close();
        bridge.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/qlik/{main}/api/v1/items?resourceType=app                     | X-A: a",
                "/qlik/{main}/api/v1/items?resourceType=app&limit=1             | X-Request-Id: r-1",
                "/qlik/{main}/api/v1/items?resourceType=app                     | Accept-Encoding: gzip",
                "/qlik/{main}/api/v1/items?resourceType=app                     | Accept-Encoding: gzip;q=0",
                "/qlik/{main}/api/v1/items?resourceType=app&name=%C3%BC         | Accept-Language: de",
                "/qlik/{main}/api/v1/spaces                                     | Accept: application/json",
                "/qlik/{main}/api/v1/items?resourceType=app                     | X-Forwarded-Proto: https",
                "/qlik/{main}/api/v1/items?resourceType=app                     | X-Forwarded-Host: bridge.example.org:8443",
                "/qlik/{main}/api/v1/items?resourceType=app                     | Forwarded: for=203.0.113.7;proto=https;host=b.example.org",
                "/api/v1/connections/{main}/apps?user={ada}                     | X-A: a",
                "/api/v1/connections/{main}/apps?user={ada}&limit=50&sort=-name | Connection: keep-alive",
                "/api/v1/connections/{main}/apps?user={ada}                     | X-Forwarded-Proto: https",
                "/api/v1/connections/{main}/apps?user={ada}                     | Accept: application/json, text/plain, */*"
            })
    void readIsTheSameToTheByte(String target, String header) throws IOException {
        String address = target.strip().replace("{main}", main).replace("{ada}", ada);
        String more = header.strip() + "\r\nX-Bridge-User: " + ada + "\r\n";
        // the valves, which know proxies, are asked first
        ask(address, more);
        double before = direct();

        String ofFront = ask(address, more);
        double served = direct() - before;
        String ofApplication = ask(address, more + FOR_THE_APPLICATION);

        assertThat(served).isEqualTo(1);
        assertThat(direct() - before).isEqualTo(1);
        assertThat(comparable(ofFront)).isEqualTo(comparable(ofApplication)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/connections/{main}/apps?user={ada}&limit=0      | X-A: a                 | 400",
                "/api/v1/connections/{main}/apps?user={ada}&user={ada}   | X-A: a                 | 400",
                "/api/v1/connections/{main}/apps?user=nobody             | X-A: a                 | 404",
                "/api/v1/connections/{main}/apps                         | X-A: a                 | 400",
                "/api/v1/connections/other/apps?user={ada}               | X-A: a                 | 404",
                "/api/v1/connections/{main}/apps?user={ada}              | Accept: application/xml| 406",
                "/api/v1/connections/{main}/apps?user={ada}              | Authorization: Bearer x | 401",
                "/qlik/{main}/api/v1/items?access_token=a                | X-A: a                 | 400",
                "/qlik/{main}/api/v1/items/                              | X-A: a                 | 404",
                "/qlik/{main}/api/v1/../items                            | X-A: a                 | 400",
                "/qlik/{main}/api/v1/items%2f1                           | X-A: a                 | 400",
                "/qlik/{main}/api/v1/items                               | Upgrade: websocket     | 400"
            })
    void whatIsRefusedTheApplicationRefuses(String target, String header, int status) throws IOException {
        String address = target.strip().replace("{main}", main).replace("{ada}", ada);
        double before = direct();

        String answer = ask(address, header.strip() + "\r\nX-Bridge-User: " + ada + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        assertThat(direct()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "404", "302", "204"})
    void answerThatIsNoPlainSuccessIsTheApplications(int status) throws IOException {
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items")
                ? Optional.of(WireMock.aResponse()
                        .withStatus(status)
                        .withHeader("Location", "/elsewhere")
                        .build())
                : Optional.empty());
        try {
            double before = direct();
            String answer = ask("/qlik/" + main + "/api/v1/items", "X-Bridge-User: " + ada + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(direct()).isEqualTo(before);
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    @Test
    void keyThatTheTenantNoLongerAcceptsIsReplacedOnce() throws IOException {
        tenant.apps("front|revoked", App.of("Mine"));
        String user = bridge.user(main, "front|revoked");
        bridge.apps(main, user).expect(200);
        tenant.activeKeys("front|revoked").forEach(key -> tenant.revokeKey(key.id()));

        String answer = ask("/api/v1/connections/" + main + "/apps?user=" + user, "");
        String again = ask("/api/v1/connections/" + main + "/apps?user=" + user, "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Mine");
        assertThat(again).startsWith("HTTP/1.1 200 ").contains("Mine");
        assertThat(tenant.keysMade("front|revoked")).isEqualTo(2);
    }

    @Test
    void userWhoWasDisabledJustNowReadsNothingMore() throws IOException {
        tenant.apps("front|gone", App.of("Mine"));
        String user = bridge.user(main, "front|gone");
        String address = "/api/v1/connections/" + main + "/apps?user=" + user;
        bridge.apps(main, user).expect(200);
        assertThat(ask(address, "")).startsWith("HTTP/1.1 200 ");
        String id = bridge.get("/api/v1/users?username=" + user)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        bridge.put(
                        "/api/v1/users/" + id,
                        Map.of("username", user, "enabled", false, "subjects", Map.of(main, "front|gone")))
                .expect(200);

        assertThat(ask(address, "")).startsWith("HTTP/1.1 403 ").contains("user-disabled");
    }

    @Test
    void requestsBehindEachOtherAreAnsweredInTheirOrder() throws IOException {
        try (Socket socket = connected()) {
            StringBuilder all = new StringBuilder();
            for (int number = 1; number <= 20; number++) {
                String target = number % 3 == 0
                        ? "/api/v1/connections/" + main + "/apps?user=nobody"
                        : "/api/v1/connections/" + main + "/apps?user=" + ada;
                all.append(request(target, "X-Request-Id: n-" + number + "\r\n", false));
            }
            all.append(request("/api/v1/connections/" + main + "/apps?user=" + ada, "X-Request-Id: last\r\n", true));
            socket.getOutputStream().write(all.toString().getBytes(ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            int at = 0;
            for (int number = 1; number <= 20; number++) {
                int next = answers.indexOf("X-Request-Id: n-" + number + "\r\n");
                assertThat(next).isGreaterThan(at);
                at = next;
            }
            assertThat(answers.indexOf("X-Request-Id: last\r\n")).isGreaterThan(at);
        }
    }

    @Test
    void callerWhoSendsNothingMoreGetsItsAnswer() throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream()
                    .write(request("/api/v1/connections/" + main + "/apps?user=" + ada, "", false)
                            .getBytes(ISO_8859_1));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\"next\":null}");
        }
    }

    @Test
    void tokenThatDoesNotAllowItIsRefusedHoweverOftenItComes() throws IOException {
        String token = bridge.client(new String[] {"bridge.tokens"}, "*");
        double before = direct();

        for (int time = 0; time < 3; time++) {
            assertThat(ask(
                            "/api/v1/connections/" + main + "/apps?user=" + ada,
                            "Authorization: Bearer " + token + "\r\n"))
                    .startsWith("HTTP/1.1 403 ");
        }
        assertThat(direct()).isEqualTo(before);
    }

    @Test
    void answerThatIsPassedOnCostsNoOtherCall() throws IOException {
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items")
                ? Optional.of(WireMock.aResponse()
                        .withStatus(404)
                        .withBody("{\"errors\":[]}")
                        .build())
                : Optional.empty());
        try {
            int calls = tenant.calls().size();

            assertThat(ask("/qlik/" + main + "/api/v1/items", "X-Bridge-User: " + ada + "\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("{\"errors\":[]}");
            assertThat(tenant.calls()).hasSize(calls + 1);
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    @Test
    void callerWhoReadsNothingIsAnsweredNoMoreThanALittle() throws Exception {
        String user = bridge.user(main, "front|many");
        App[] apps = new App[100];
        Arrays.setAll(apps, number -> App.of("App of a long name, number " + number));
        tenant.apps("front|many", apps);
        String target = "/qlik/" + main + "/api/v1/items?resourceType=app&limit=100";
        bridge.passed(main, user, "/api/v1/items?resourceType=app&limit=100").expect(200);
        double before = direct();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            URI address = URI.create(bridge.url());
            socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
            for (int number = 0; number < 60; number++) {
                socket.getOutputStream()
                        .write(request(target, "X-Bridge-User: " + user + "\r\n", number == 59)
                                .getBytes(ISO_8859_1));
            }
            Thread.sleep(1_000);

            // one answer has some 90 KB; what the system and the front keep is two or three of them
            assertThat(direct() - before).isLessThan(10);

            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(61);
        }
    }

    private static double direct() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.front.requests")
                .tag("by", "front")
                .counter()
                .count();
    }

    /** But for what is of its moment. */
    private static String comparable(String answer) {
        return answer.replaceAll("\r\n(Date|X-B3-Traceid|X-Request-Id): [^\r]*", "");
    }

    private static String ask(String target, String headers) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request(target, headers, false).getBytes(ISO_8859_1));
            return readOne(socket.getInputStream());
        }
    }

    private static Socket connected() throws IOException {
        URI address = URI.create(bridge.url());
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String request(String target, String headers, boolean last) {
        String signedIn =
                headers.contains("Authorization") ? "" : "Authorization: Bearer " + bridge.adminToken() + "\r\n";
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + signedIn + headers
                + (last ? "Connection: close\r\n" : "") + "\r\n";
    }

    /** One answer, by its framing. */
    private static String readOne(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return all.toString(ISO_8859_1);
            }
            all.write(next);
            String read = all.toString(ISO_8859_1);
            int end = read.indexOf("\r\n\r\n");
            if (end >= 0 && isWhole(read.substring(0, end + 4), read.length() - end - 4, read)) {
                return read;
            }
        }
    }

    private static boolean isWhole(String head, int length, String all) {
        if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            return all.endsWith("\r\n0\r\n\r\n");
        }
        int at = head.indexOf("\r\nContent-Length: ");
        return at < 0 || length >= Integer.parseInt(head.substring(at + 18, head.indexOf("\r\n", at + 18)));
    }
}
