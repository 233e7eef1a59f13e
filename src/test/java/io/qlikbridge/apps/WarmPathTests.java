package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.CountedStatements;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What a user's first app list costs, what each one after it costs, and when that is over. Changes are made on the same
 * replica, where they count at once, and on another, of which the first one hears within a second.
 */
class WarmPathTests {

    /** A second, on a machine that has nothing else to do; far below the time limit. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final CountedStatements statements = new CountedStatements();
    private static Product bridge;
    private static Product other;

    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeAll
    static void startReplicas() {
        Map<String, Object> database = TestDatabase.fresh();
        bridge = Product.start(database, Map.of(), statements);
        other = Product.start(database, Map.of());
        TestChanges.awaitArriving(bridge.bean(ChangeFeed.class));
    }

    @AfterAll
    static void stopReplicas() {
        other.close();
        bridge.close();
    }

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
        tenant.apps("hr|4711", App.of("Ada's report"));
        tenant.apps("hr|4712", App.of("Bob's report"));
        awaitHeard();
    }

    /** What was changed just now is heard of once more, from the database, and would be read anew. */
    private static void awaitHeard() {
        TestChanges.awaitHeard(bridge.bean(ChangeFeed.class), bridge.bean(JdbcClient.class));
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void firstListMakesThreeCallsToTheTenant() {
        bridge.apps(main, ada).expect(200);

        assertThat(tenant.calls())
                .extracting(call -> call.method() + " " + call.path())
                .containsExactly("POST /login/jwt-session", "POST /api/v1/api-keys", "GET /api/v1/items");
    }

    /** Of the statements, the last two are one transaction; the others are one each, and need no commit. */
    @Test
    void firstListOfANewUserTakesEightStatements() {
        bridge.apps(main, ada).expect(200);
        String bob = bridge.user(main, "hr|4712");
        statements.reset();

        bridge.apps(main, bob).expect(200);

        assertThat(statements.statements()).hasSizeLessThanOrEqualTo(8);
        assertThat(statements.transactions()).isOne();
    }

    @Test
    void firstReadPassedThroughOfANewUserTakesEightStatements() {
        bridge.apps(main, ada).expect(200);
        String bob = bridge.user(main, "hr|4712");
        statements.reset();

        bridge.passed(main, bob, "/api/v1/items?resourceType=app").expect(200);

        assertThat(statements.statements()).hasSizeLessThanOrEqualTo(8);
        assertThat(statements.transactions()).isOne();
    }

    /** The one more gives the user its subject. */
    @Test
    void firstListOfANewUserOfATemplateTakesNineStatements() {
        bridge.apps(main, ada).expect(200);
        String unmapped = user(Map.of());
        statements.reset();

        bridge.apps(main, unmapped).expect(200);

        assertThat(statements.statements()).hasSizeLessThanOrEqualTo(9);
        assertThat(statements.transactions()).isOne();
    }

    @Test
    void secondListMakesOneCallToTheTenantAndNoneToTheDatabase() {
        bridge.apps(main, ada).expect(200);
        statements.reset();
        int calls = tenant.calls().size();

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.calls()).hasSize(calls + 1);
        assertThat(statements.statements()).isEmpty();
    }

    @Test
    void secondReadPassedThroughMakesOneCallToTheTenantAndNoneToTheDatabase() {
        bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);
        statements.reset();
        int calls = tenant.calls().size();

        bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);

        assertThat(tenant.calls()).hasSize(calls + 1);
        assertThat(statements.statements()).isEmpty();
    }

    @Test
    void listOfAUserOfATemplateIsAsCheap() {
        String unmapped = user(Map.of());
        bridge.apps(main, unmapped).expect(200);
        awaitHeard();
        bridge.apps(main, unmapped).expect(200);
        statements.reset();

        bridge.apps(main, unmapped).expect(200);

        assertThat(statements.statements()).isEmpty();
    }

    @Test
    void useIsWrittenDownAfterwards() {
        bridge.apps(main, ada).expect(200);
        JdbcClient jdbc = bridge.bean(JdbcClient.class);
        // another expiry is news, so that the lease is read again
        jdbc.sql("""
                        update lease set last_used_at = null, expires_at = expires_at + interval '1 second'
                        where connection_id = :main
                        """).param("main", main).update();

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            bridge.apps(main, ada).expect(200);
            return jdbc.sql("select last_used_at is not null from lease where connection_id = :main")
                    .param("main", main)
                    .query(Boolean.class)
                    .single();
        });
    }

    @Test
    void userDisabledHereIsRefusedAtOnce() {
        bridge.apps(main, ada).expect(200);

        change(bridge, "enabled", false);

        bridge.apps(main, ada).expectProblem(403, "user-disabled");
    }

    @Test
    void userDisabledElsewhereIsRefusedSoon() {
        bridge.apps(main, ada).expect(200);

        change(other, "enabled", false);

        await().atMost(SOON).untilAsserted(() -> bridge.apps(main, ada).expectProblem(403, "user-disabled"));
    }

    @Test
    void userMappedToAnotherSubjectHereSeesItsAppsAtOnce() {
        assertThat(appOf(bridge.apps(main, ada))).isEqualTo("Ada's report");

        change(bridge, "subjects", Map.of(main, "hr|4712"));

        assertThat(appOf(bridge.apps(main, ada))).isEqualTo("Bob's report");
    }

    @Test
    void userMappedToAnotherSubjectElsewhereSeesItsAppsSoon() {
        assertThat(appOf(bridge.apps(main, ada))).isEqualTo("Ada's report");

        change(other, "subjects", Map.of(main, "hr|4712"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(appOf(bridge.apps(main, ada))).isEqualTo("Bob's report"));
    }

    @Test
    void userOfATemplateWhoseSubjectIsGivenToAnotherIsRefused() {
        String unmapped = user(Map.of());
        bridge.apps(main, unmapped).expect(200);

        user(Map.of(main, unmapped));

        bridge.apps(main, unmapped).expectProblem(404, "subject-not-mapped");
    }

    @Test
    void userOfATemplateWhoseSubjectIsGivenToAnotherElsewhereIsRefusedSoon() {
        String unmapped = user(Map.of());
        bridge.apps(main, unmapped).expect(200);

        other.post("/api/v1/users", Map.of("username", Product.name("user"), "subjects", Map.of(main, unmapped)))
                .expect(201);

        await().atMost(SOON).untilAsserted(() -> bridge.apps(main, unmapped).expectProblem(404, "subject-not-mapped"));
    }

    @Test
    void connectionThatIsMovedElsewhereIsAskedAtItsNewHostSoon() {
        bridge.apps(main, ada).expect(200);
        JsonNode before = bridge.get("/api/v1/connections/" + main).expect(200).json();
        try (SimulatedTenant moved = SimulatedTenant.start()) {
            other.put(
                            "/api/v1/connections/" + main,
                            Map.of(
                                    "type",
                                    "qlik-cloud",
                                    "host",
                                    moved.url(),
                                    "issuer",
                                    before.path("issuer").asString(),
                                    "apiKeyExpiry",
                                    "PT24H"))
                    .expect(200);

            await().atMost(SOON).until(() -> {
                bridge.apps(main, ada);
                return !moved.calls().isEmpty();
            });
        }
    }

    @Test
    void clientDeletedElsewhereIsRefusedSoon() {
        JsonNode client = bridge.post(
                        "/api/v1/clients",
                        Map.of(
                                "clientId",
                                Product.name("job"),
                                "scopes",
                                new String[] {"bridge.apps"},
                                "users",
                                new String[] {ada}))
                .expect(201)
                .json();
        String id = client.path("clientId").asString();
        String token = bridge.accessToken(id, client.path("secret").asString(), null);
        appsAs(token).expect(200);

        other.delete("/api/v1/clients/" + id).expect(204);

        await().atMost(SOON).untilAsserted(() -> appsAs(token).expect(401));
    }

    @Test
    void leaseRevokedElsewhereIsNotUsedAnyMoreSoon() {
        bridge.apps(main, ada).expect(200);
        String lease = bridge.get("/api/v1/leases?user=" + ada)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();

        other.delete("/api/v1/leases/" + lease).expect(204);

        await().atMost(SOON).until(() -> {
            bridge.apps(main, ada).expect(200);
            return tenant.keysMade("hr|4711") == 2;
        });
    }

    private Answer appsAs(String token) {
        return bridge.send("GET", "/api/v1/connections/" + main + "/apps?user=" + ada, null, token);
    }

    private static String appOf(Answer answer) {
        return answer.expect(200).json().path("items").path(0).path("name").asString();
    }

    private String user(Map<String, String> subjects) {
        String username = Product.name("user");
        bridge.post("/api/v1/users", Map.of("username", username, "subjects", subjects))
                .expect(201);
        return username;
    }

    private void change(Product replica, String property, Object value) {
        JsonNode found = bridge.get("/api/v1/users?username=" + ada)
                .expect(200)
                .json()
                .path("items")
                .path(0);
        Map<String, Object> user =
                new HashMap<>(Map.of("username", ada, "enabled", true, "subjects", Map.of(main, "hr|4711")));
        user.put(property, value);
        replica.put("/api/v1/users/" + found.path("id").asString(), user).expect(200);
    }
}
