package io.qlikbridge.consolesession;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OneAtATime
class ConsoleSessionsTests {

    /** Of those who have signed in: nothing is there, and the frame around says so. */
    private static final String PAGE = "/console/nowhere";

    private final List<Product> replicas = Product.replicas();
    private final Product bridge = replicas.getFirst();
    private final JdbcClient database = bridge.bean(JdbcClient.class);

    @Test
    void sessionIsOneForAllReplicasAndEndsAtAll() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);
        String cookie = cookie(browser);

        for (Product replica : replicas) {
            assertThat(pageAt(replica, cookie).text()).contains("Sign out");
        }
        browser.submit(browser.page(PAGE), "Sign out", Map.of());

        for (Product replica : replicas) {
            assertThat(pageAt(replica, cookie).path()).startsWith("/console/sign-in");
        }
    }

    @Test
    void nothingIsKeptBeforeSomebodySignsIn() {
        long before = rows();
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        browser.page("/console/sign-in");
        browser.page(PAGE);
        browser.signIn("admin", "not-the-secret");

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void cookieFromBeforeTheSignInOpensNothing() {
        ConsoleBrowser victim = ConsoleBrowser.ofAdmin(bridge);
        String given = cookie(victim);
        ConsolePage again = victim.submit(
                victim.page("/console/sign-in"),
                "Sign in",
                Map.of("clientId", "admin", "clientSecret", Product.ADMIN_SECRET));

        again.expect(again.status());
        assertThat(cookie(victim)).isNotEqualTo(given);
        assertThat(pageAt(bridge, given).path()).startsWith("/console/sign-in");
    }

    @Test
    void whatStandsInTheDatabaseOpensNoSession() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);
        String cookie = cookie(browser);

        for (String id : database.sql(
                        "select session_id from console_session union select primary_id from console_session")
                .query(String.class)
                .list()) {
            assertThat(cookie).doesNotContain(id);
            assertThat(pageAt(bridge, "bridge-session=" + id).path()).startsWith("/console/sign-in");
        }
        String altered = cookie.substring(0, cookie.length() - 2) + (cookie.endsWith("A") ? "BB" : "AA");
        assertThat(pageAt(bridge, altered).path()).startsWith("/console/sign-in");
        assertThat(pageAt(bridge, cookie).text()).contains("Sign out");
    }

    @Test
    void sessionEndsWithTheSecretThatOpenedIt() {
        String clientId = Product.name("console-admin");
        String secret = bridge.post("/api/v1/clients", admin(clientId))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        ConsoleBrowser browser = ConsoleBrowser.signedIn(bridge.url(), clientId, secret);
        assertThat(browser.page(PAGE).text()).contains(clientId, "Sign out");

        bridge.post("/api/v1/clients/" + clientId + "/secret", Map.of()).expect(200);

        assertThat(browser.page(PAGE).path()).startsWith("/console/sign-in");
    }

    @Test
    void sessionEndsWithItsClient() {
        String clientId = Product.name("console-admin");
        String secret = bridge.post("/api/v1/clients", admin(clientId))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        ConsoleBrowser browser = ConsoleBrowser.signedIn(bridge.url(), clientId, secret);

        bridge.delete("/api/v1/clients/" + clientId).expect(204);

        assertThat(browser.page(PAGE).path()).startsWith("/console/sign-in");
    }

    @Test
    void clientWithoutTheScopeOfAdminsIsToldSo() {
        String clientId = Product.name("no-admin");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", clientId, "scopes", List.of("bridge.apps"), "users", List.of("*")))
                .expect(201)
                .json()
                .path("secret")
                .asString();

        ConsolePage page = new ConsoleBrowser(bridge.url()).signIn(clientId, secret);

        page.expect(200);
        assertThat(page.text()).contains("does not have the scope bridge.admin");
    }

    @Test
    void sessionEndsAfterItsLifetimeHoweverMuchItIsUsed() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);
        String session = newest();
        String kept = new String(
                database.sql("select attribute_bytes from console_session_attributes where session_primary_id = :id")
                        .param("id", session)
                        .query(byte[].class)
                        .single(),
                StandardCharsets.UTF_8);
        assertThat(kept).contains("\"at\":\"20").doesNotContain(Product.ADMIN_SECRET);

        database.sql("update console_session_attributes set attribute_bytes = :bytes where session_primary_id = :id")
                .param("id", session)
                .param("bytes", kept.replaceFirst("\"at\":\"20", "\"at\":\"19").getBytes(StandardCharsets.UTF_8))
                .update();

        assertThat(browser.page(PAGE).path()).startsWith("/console/sign-in");
    }

    @Test
    void sessionEndsWhenNothingIsDoneInIt() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);

        database.sql("update console_session set last_access_time = last_access_time - 1801000 where primary_id = :id")
                .param("id", newest())
                .update();

        assertThat(browser.page(PAGE).path()).startsWith("/console/sign-in");
    }

    private static Map<String, Object> admin(String clientId) {
        return Map.of("clientId", clientId, "scopes", List.of("bridge.admin"), "users", List.of("*"));
    }

    private long rows() {
        return database.sql("select count(*) from console_session")
                .query(Long.class)
                .single();
    }

    private String newest() {
        return database.sql("select primary_id from console_session order by creation_time desc limit 1")
                .query(String.class)
                .single();
    }

    private static ConsolePage pageAt(Product replica, String cookie) {
        ConsoleBrowser other = new ConsoleBrowser(replica.url());
        return other.send(HttpRequest.newBuilder(other.address(PAGE)).header("Cookie", cookie));
    }

    private static String cookie(ConsoleBrowser browser) {
        return browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("bridge-session"))
                .map((HttpCookie cookie) -> cookie.getName() + "=" + cookie.getValue())
                .findFirst()
                .orElseThrow();
    }
}
