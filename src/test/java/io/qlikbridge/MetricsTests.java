package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What Prometheus reads of a bridge that was used. */
@ThroughBothDoors
class MetricsTests {

    /** Of their own, since each request that comes in is counted. */
    private static final Door.Bridges BRIDGES = new Door.Bridges(Map.of());

    private static final String REQUESTS = "http_server_requests_seconds_count";
    private static final String CALLS = "bridge_tenant_calls_seconds_count";
    private static final String APPS = "/api/v1/connections/{connection}/apps";

    private final Product bridge;
    private SimulatedTenant tenant;
    private String main;

    MetricsTests(Door door) {
        bridge = BRIDGES.at(door);
    }

    @AfterAll
    static void stopBridges() {
        BRIDGES.close();
    }

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        tenant.apps("hr|4711", App.of("Ada's report"));
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void requestsAreMeasuredByRouteStatusAndCode() {
        String ada = bridge.user(main, "hr|4711");
        Scraped before = Scraped.of(bridge);

        bridge.apps(main, ada).expect(200);
        bridge.apps(main, "nobody").expectProblem(404, "user-not-found");
        bridge.passed(main, ada, "/api/v1/items/abc").expect(404);
        bridge.get("/api/v1/nothing").expectProblem(404, "not-found");
        bridge.send("GET", "/api/v1/me", null, null).expectProblem(401, "unauthenticated");
        bridge.client(new String[] {"bridge.apps"});

        Scraped after = Scraped.of(bridge);
        assertThat(more(before, after, request("GET", APPS, 200, "none"))).isOne();
        assertThat(more(before, after, request("GET", APPS, 404, "user-not-found")))
                .isOne();
        assertThat(more(before, after, request("GET", "/qlik/{connection}/api/v1/items/*", 404, "none")))
                .isOne();
        assertThat(more(before, after, request("GET", "unknown", 404, "not-found")))
                .isOne();
        assertThat(more(before, after, request("GET", "unknown", 401, "unauthenticated")))
                .isOne();
        assertThat(more(before, after, request("POST", "/oauth2/token", 200, "none")))
                .isOne();
        assertThat(after.lines("http_server_requests_seconds_bucket", Map.of("uri", APPS, "status", "200")))
                .hasSize(12);
    }

    @Test
    void statusesThatATenantMakesUpAreNoLabels() {
        String ada = bridge.user(main, "hr|4711");
        bridge.passed(main, ada, "/api/v1/items").expect(200);
        for (int status : new int[] {299, 418, 599}) {
            tenant.before(request -> request.getUrl().startsWith("/api/v1/items")
                    ? Optional.of(Faults.empty(status))
                    : Optional.empty());
            bridge.passed(main, ada, "/api/v1/items").expect(status);
        }

        Scraped after = Scraped.of(bridge);
        for (String shown : new String[] {"299", "418", "599"}) {
            assertThat(after.lines(REQUESTS, Map.of("status", shown))).isEmpty();
        }
        for (String shown : new String[] {"2xx", "4xx", "5xx"}) {
            assertThat(after.lines(REQUESTS, Map.of("status", shown, "uri", "/qlik/{connection}/api/v1/items")))
                    .isNotEmpty();
        }
    }

    @Test
    void requestThatTomcatItselfRefusesIsMeasured() {
        Scraped before = Scraped.of(bridge);

        String answer = new TestHttp(URI.create(bridge.url()).getPort())
                .raw("GET /api/v1/me%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400");

        assertThat(more(before, Scraped.of(bridge), request("GET", "unknown", 400, "invalid-request")))
                .isOne();
    }

    @Test
    void callsToTheTenantAreMeasuredByStepAndStatus() {
        String ada = bridge.user(main, "hr|4711");

        bridge.apps(main, ada).expect(200);
        bridge.passed(main, ada, "/api/v1/items").expect(200);
        bridge.passed(main, ada, "/api/v1/items/abc").expect(404);
        tenant.before(request -> Optional.of(Faults.tooManyRequests(60)));
        bridge.passed(main, ada, "/api/v1/items").expect(429);
        bridge.passed(main, ada, "/api/v1/items").expectProblem(503, "tenant-rate-limited");

        Scraped scraped = Scraped.of(bridge);
        assertThat(scraped.sum(CALLS, call("jwt-session", "2xx"))).isOne();
        assertThat(scraped.sum(CALLS, call("api-keys", "2xx"))).isOne();
        assertThat(scraped.sum(CALLS, call("items", "2xx"))).isOne();
        assertThat(scraped.sum(CALLS, call("pass-through", "2xx"))).isOne();
        assertThat(scraped.sum(CALLS, call("pass-through", "4xx"))).isOne();
        assertThat(scraped.sum(CALLS, call("pass-through", "429"))).isOne();
        assertThat(scraped.sum("bridge_tenant_rejections_total", Map.of("connection", main, "reason", "paused")))
                .isOne();
        assertThat(scraped.sum("bridge_tenant_rejections_total", Map.of("connection", main, "reason", "busy")))
                .isZero();
        assertThat(scraped.lines("bridge_tenant_concurrency", Map.of("connection", main)))
                .singleElement()
                .asString()
                .endsWith(" 0.0");
        assertThat(scraped.sum("bridge_lease_issue_seconds_count", Map.of("connection", main, "outcome", "success")))
                .isOne();
    }

    @Test
    void tenantThatIsAwayIsMeasuredAsNoAnswer() {
        String ada = bridge.user(main, "hr|4711");
        tenant.close();

        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");

        Scraped scraped = Scraped.of(bridge);
        assertThat(scraped.sum(CALLS, call("jwt-session", "none"))).isOne();
        assertThat(scraped.sum(
                        "bridge_lease_issue_seconds_count",
                        Map.of("connection", main, "outcome", "tenant-unreachable")))
                .isOne();
    }

    @Test
    void cachesAreMeasured() {
        String ada = bridge.user(main, "hr|4711");
        bridge.apps(main, ada).expect(200);
        // what was changed just now is heard of once more, from the database, and forgotten
        TestChanges.awaitHeard(bridge.bean(ChangeFeed.class), bridge.bean(JdbcClient.class));
        bridge.apps(main, ada).expect(200);
        Scraped before = Scraped.of(bridge);

        bridge.apps(main, ada).expect(200);

        Scraped after = Scraped.of(bridge);
        for (String cache : new String[] {"connection", "user", "subject", "lease", "token"}) {
            Map<String, String> hit = Map.of("cache", cache, "result", "hit");
            assertThat(after.sum("bridge_cache_requests_total", hit))
                    .as(cache)
                    .isGreaterThan(before.sum("bridge_cache_requests_total", hit));
            assertThat(after.lines("bridge_cache_requests_total", Map.of("cache", cache, "result", "miss")))
                    .as(cache)
                    .hasSize(1);
        }
    }

    @Test
    void connectionThatIsGoneIsNotMeasuredAnyMore() {
        bridge.apps(main, bridge.user(main, "hr|4711")).expect(200);
        assertThat(Scraped.of(bridge).text()).contains("\"" + main + "\"");

        bridge.delete("/api/v1/connections/" + main + "?revoke=true").expect(204);

        Awaitility.await().until(() -> !Scraped.of(bridge).text().contains("\"" + main + "\""));
    }

    /** Wherever somebody may write it, and whatever comes of it. */
    @Test
    void noLabelNamesAUser() {
        String zaphod = Product.name("zaphod");
        String subject = "hr|" + zaphod;
        tenant.apps(subject, App.of("App of " + zaphod));
        JsonNode user = bridge.post(
                        "/api/v1/users", Map.of("username", zaphod, "name", zaphod, "subjects", Map.of(main, subject)))
                .expect(201)
                .json();
        String id = user.path("id").asString();

        bridge.apps(main, zaphod).expect(200);
        bridge.token(main, zaphod).expect(200);
        bridge.passed(main, zaphod, "/api/v1/items?name=" + zaphod).expect(200);
        bridge.passed(main, zaphod, "/api/v1/items/" + zaphod).expect(404);
        bridge.get("/qlik/" + zaphod + "/api/v1/items");
        bridge.get("/" + zaphod).expect(404);
        bridge.get("/api/v1/connections/" + zaphod).expect(404);
        bridge.get("/api/v1/users?username=" + zaphod).expect(200);
        bridge.send(zaphod, "/api/v1/users/" + id, null, bridge.adminToken());
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", zaphod))
                .expect(200);
        bridge.post("/api/v1/leases/revoke", Map.of("user", zaphod));
        bridge.delete("/api/v1/users/" + id).expect(204);
        bridge.apps(main, zaphod).expect(404);

        String text = Scraped.of(bridge).text();
        assertThat(text).contains(main, REQUESTS).doesNotContain(id);
        assertThat(text.toLowerCase()).doesNotContain("zaphod");
    }

    private static double more(Scraped before, Scraped after, Map<String, String> labels) {
        return after.sum(REQUESTS, labels) - before.sum(REQUESTS, labels);
    }

    private static Map<String, String> request(String method, String uri, int status, String code) {
        return Map.of("method", method, "uri", uri, "status", Integer.toString(status), "code", code);
    }

    private Map<String, String> call(String step, String status) {
        return Map.of("connection", main, "step", step, "status", status);
    }
}
