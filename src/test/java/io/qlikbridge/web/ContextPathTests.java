package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge below a path of its own, {@code server.servlet.context-path}. */
class ContextPathTests {

    private static final String PORTAL = "https://portal.example.org";
    private static Product bridge;

    @BeforeAll
    static void start() {
        // the description that all exchanges are held against is that of a bridge at the root
        Product.shared();
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of(
                        "server.servlet.context-path",
                        "/bridge",
                        "bridge.web.cors.allowed-origins",
                        PORTAL,
                        "bridge.web.max-body",
                        "4KB"));
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @Test
    void metadataNamesThePath() {
        var metadata = bridge.exchange(bridge.request("/.well-known/oauth-authorization-server", null)
                        .GET())
                .expect(200)
                .json();

        assertThat(metadata.path("issuer").asString()).isEqualTo(bridge.url()).endsWith("/bridge");
        assertThat(metadata.path("token_endpoint").asString()).isEqualTo(bridge.url() + "/oauth2/token");
        assertThat(metadata.path("jwks_uri").asString()).isEqualTo(bridge.url() + "/oauth2/jwks");
    }

    @Test
    void locationsLeadToWhatWasMade() {
        Answer user = bridge.post("/api/v1/users", Map.of("username", Product.name("user")))
                .expect(201);
        Answer client = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", Product.name("client"), "scopes", new String[] {"bridge.apps"}))
                .expect(201);

        assertThat(user.header("Location")).startsWith("/bridge/api/v1/users/");
        assertThat(client.header("Location")).startsWith("/bridge/api/v1/clients/");
        bridge.get(URI.create(user.header("Location")).getPath().substring("/bridge".length()))
                .expect(200);
    }

    @Test
    void locationIsBelowAProxysPrefixToo() {
        Answer user = bridge.exchange(bridge.request("/api/v1/users", bridge.adminToken())
                        .header("X-Forwarded-Prefix", "/outer")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"username\": \"" + Product.name("user") + "\"}")))
                .expect(201);

        assertThat(user.header("Location")).startsWith("/outer/bridge/api/v1/users/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v1/me", "/qlik/main/api/v1/items"})
    void problemNamesThePathAndNobodyIsLetIn(String path) {
        Answer refused = bridge.exchange(bridge.request(path, null).GET()).expectProblem(401, "unauthenticated");

        assertThat(refused.json().path("instance").asString()).isEqualTo("/bridge" + path);
    }

    @Test
    void scopesHold() {
        String apps = bridge.client(new String[] {"bridge.apps"});

        bridge.send("GET", "/api/v1/users", null, apps).expectProblem(403, "forbidden");
    }

    @Test
    void bodiesAreLimitedByTheirAddress() {
        String large = "username\n" + "\n".repeat(5_000) + Product.name("user") + "\n";

        bridge.exchange(bridge.request("/api/v1/users", bridge.adminToken())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(large)))
                .expectProblem(413, "content-too-large");
        Answer taken = bridge.exchange(bridge.request("/api/v1/users/import", bridge.adminToken())
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(large)));
        assertThat(taken.status()).isNotEqualTo(413);
    }

    @Test
    void linksLeadBackToThePath() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            tenant.apps("pass|ada", App.of("Plan"), App.of("Stock"));
            Answer items = bridge.passed(main, bridge.user(main, "pass|ada"), "/api/v1/items?limit=1")
                    .expect(200);

            assertThat(items.json().at("/links/next/href").asString())
                    .startsWith(bridge.url() + "/qlik/" + main + "/api/v1/items?");
            assertThat(items.text()).doesNotContain(tenant.url());
        }
    }

    @Test
    void pagesMayCallAllButTheTokenEndpoint() {
        assertThat(preflight("/api/v1/me").expect(200).header("Access-Control-Allow-Origin"))
                .isEqualTo(PORTAL);
        assertThat(preflight("/qlik/main/api/v1/items").expect(200).header("Access-Control-Allow-Origin"))
                .isEqualTo(PORTAL);
        assertThat(preflight("/oauth2/token").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void descriptionAndItsPageAreBelowThePath() {
        Answer page = bridge.exchange(bridge.request("/swagger-ui.html", null).GET());
        Answer description =
                bridge.exchange(bridge.request("/v3/api-docs", null).GET());

        assertThat(page.header("Location")).contains("/bridge/swagger-ui/");
        assertThat(description.json().at("/servers/0/url").asString()).isEqualTo("/bridge");
    }

    private static Answer preflight(String path) {
        return bridge.exchange(bridge.request(path, null)
                .header("Origin", PORTAL)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
