package io.qlikbridge.consoletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.check.LastChecks;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection test in the console. */
class CheckPageTests {

    private static final List<String> CHECKS =
            List.of("signing-key", "reachable", "tls", "clock", "assertion", "session", "user", "api-key", "app-list");

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        tenant.apps("hr|4711", App.of("Sales <img src=x onerror=alert(1)> report"));
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void testWithAUserShowsEachCheckAndThatAllPassed() {
        assertThat(task(page()).text()).contains("To do", "Test it with a user");

        ConsolePage result = test(ada).expect(200);

        assertThat(result.document().select("ol.checks li").eachAttr("data-check"))
                .containsExactlyElementsOf(CHECKS);
        assertThat(result.document().select("ol.checks li .badge").eachText())
                .hasSize(CHECKS.size())
                .containsOnly("Passed", "Skipped");
        assertThat(result.document().select("main [role=status]").text()).isEqualTo("All checks passed");
        assertThat(result.text()).contains("Sales <img src=x onerror=alert(1)> report");
        assertThat(result.document().select("main img")).isEmpty();
        assertThat(result.document().select("nav a").eachText()).contains("Connections");
        ConsolePage connection = browser.follow(result, "Connection " + main).expect(200);
        assertThat(task(connection).text()).contains("Done", "Passed with " + ada);
        assertThat(line(connection, "Certificate").text()).contains("Done");
        assertThat(connection.document().getElementById("test").text()).contains("Last test:", "as " + ada, "Passed");
    }

    @Test
    void testWithNobodySaysThatItWentNotTheWholeWay() {
        ConsolePage result = test("").expect(200);

        assertThat(result.document().select("main [role=status]").text())
                .contains("All checks passed that need no user");
        assertThat(result.document().select("ol.checks .badge").eachText()).contains("Passed", "Skipped");
        assertThat(task(page()).text()).contains("To do");
    }

    @Test
    void testThatFailsNamesTheFirstThatFailedAndWhatToDo() {
        tenant.before(request -> request.getUrl().equals("/login/jwt-session")
                ? Optional.of(Faults.error(401, "LOGIN-X", "Unknown issuer"))
                : Optional.empty());

        ConsolePage result = test(ada).expect(200);

        assertThat(result.document().select("main [role=status]").text()).isEqualTo("The test failed at assertion.");
        Element failed = result.document().selectFirst("li[data-check=assertion]");
        assertThat(failed.text()).contains("Failed", "What to do:", "identity provider");
        assertThat(result.document().select("li[data-check=app-list] .badge").text())
                .isEqualTo("Skipped");
        assertThat(task(page()).text()).contains("The last test failed at assertion");
    }

    @Test
    void resultsArriveWhileTheTestGoesOn() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        tenant.before(request -> {
            if (request.getUrl().equals("/login/jwt-session")) {
                await(released);
            }
            return Optional.empty();
        });

        try (InputStream page = answer(form(page(), ada))) {
            String begun = until(page, "data-check=\"clock\"", "</li>");

            assertThat(released.getCount()).isEqualTo(1);
            assertThat(begun).contains("Sign out", "data-check=\"signing-key\"", "data-check=\"reachable\"");
            assertThat(begun).doesNotContain("data-check=\"assertion\"", "All checks passed", "</html>");
            released.countDown();
            assertThat(begun + new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("data-check=\"app-list\"", "All checks passed", "</html>");
        } finally {
            released.countDown();
        }
    }

    @Test
    void testEndsWhereNobodyIsThereAnyMoreToReadIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger logins = new AtomicInteger();
        tenant.before(request -> {
            if (request.getUrl().equals("/login/jwt-session") && logins.incrementAndGet() == 1) {
                asked.countDown();
                await(released);
            }
            return Optional.empty();
        });
        Form form = form(page(), ada);
        URI address = form.address();

        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String cookies = browser.cookies().getCookieStore().getCookies().stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            socket.getOutputStream()
                    .write(("POST " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                                    + "\r\nOrigin: " + address.getScheme() + "://" + address.getAuthority()
                                    + "\r\nCookie: "
                                    + cookies
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + form.body().length() + "\r\n\r\n" + form.body())
                            .getBytes(StandardCharsets.US_ASCII));
            until(socket.getInputStream(), "data-check=\"clock\"", "</li>");
            await(asked);
            socket.setSoLinger(true, 0);
        } finally {
            released.countDown();
        }

        Awaitility.await().during(Duration.ofSeconds(1)).until(() -> tenant.keysMade("hr|4711") == 0);
        assertThat(bridge.bean(LastChecks.class).of(new ConnectionId(main))).isEmpty();
    }

    @Test
    void userWhoIsNotThereIsToldAtTheField() {
        String nobody = "<img src=x onerror=alert(1)>\u202E\uD83D\uDE00\"'";

        ConsolePage page = test(nobody).expect(200);

        assertThat(page.errorAt("test-user")).contains("no user");
        assertThat(page.control("As user").attr("value")).isEqualTo(nobody);
        assertThat(page.document().select("main img")).isEmpty();
        assertThat(test("x".repeat(300)).expect(200).errorAt("test-user")).contains("255");
        assertThat(tenant.calls()).isEmpty();
    }

    @Test
    void anotherKeyIsTriedWithoutBeingActivated() {
        bridge.post(
                        "/api/v1/connections/" + main + "/signing-keys",
                        Map.of("generate", Map.of("bits", 2048), "kid", "next"))
                .expect(201);

        ConsolePage result = browser.submit(page(), "Test connection", Map.of("test-user", ada, "test-kid", "next"))
                .expect(200);

        assertThat(result.document().select("li[data-check=signing-key]").text())
                .contains("next");
        assertThat(result.document().select("main [role=status]").text()).isEqualTo("The test failed at assertion.");
        assertThat(bridge.bean(LastChecks.class).of(new ConnectionId(main))).isEmpty();
        assertThat(browser.submit(result, "Test connection", Map.of("test-kid", "gone"))
                        .expect(200)
                        .errorAt("test-kid"))
                .isEmpty();
    }

    @Test
    void addressOfAResultLeadsBackToTheConnection() {
        assertThat(browser.page("/console/connections/" + main + "/test")
                        .expect(200)
                        .path())
                .isEqualTo("/console/connections/" + main);
    }

    private ConsolePage page() {
        return browser.page("/console/connections/" + main).expect(200);
    }

    private ConsolePage test(String user) {
        return browser.submit(page(), "Test connection", Map.of("test-user", user));
    }

    private static Element task(ConsolePage page) {
        return line(page, "Test connection");
    }

    private static Element line(ConsolePage page, String label) {
        return page.document().select("ol.checklist li").stream()
                .filter(each -> each.select("a").text().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private record Form(URI address, String body) {}

    private static Form form(ConsolePage page, String user) {
        Element form = page.formOf("Test connection");
        String csrf = form.select("input[type=hidden]").stream()
                .map(field -> field.attr("name") + "=" + Product.encoded(field.attr("value")))
                .collect(Collectors.joining("&"));
        return new Form(page.address().resolve(form.attr("action")), csrf + "&test-user=" + Product.encoded(user));
    }

    private InputStream answer(Form form) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(browser.cookies())
                .build();
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(form.address())
                        .header(
                                "Origin",
                                form.address().getScheme() + "://"
                                        + form.address().getAuthority())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** What is read until one text has come, and another behind it. */
    private static String until(InputStream stream, String first, String then) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(first) < 0 || read.indexOf(then, read.indexOf(first)) < 0) {
            int next = stream.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
