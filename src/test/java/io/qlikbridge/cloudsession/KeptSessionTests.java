package io.qlikbridge.cloudsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Kept;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Users of a connection that keeps sessions. */
class KeptSessionTests {

    private static final String SUBJECT = "hr|4711";

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = Kept.SESSIONS.connect(bridge, tenant);
        tenant.apps(SUBJECT, App.of("Ada's report"));
        tenant.forbidApiKeys(SUBJECT);
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void appsAndPassedReadsAreMadeWithOneSession() {
        for (int read = 0; read < 3; read++) {
            assertThat(bridge.apps(main, ada).expect(200).json().path("items").findValuesAsString("name"))
                    .containsExactly("Ada's report");
            assertThat(bridge.passed(main, ada, "/api/v1/items")
                            .expect(200)
                            .json()
                            .path("data")
                            .findValuesAsString("name"))
                    .contains("Ada's report");
        }

        assertThat(tenant.logins()).isOne();
        assertThat(tenant.keysMade()).isZero();
    }

    @Test
    void sessionOfOneReplicaIsUsedByTheOthers() {
        String shared = Kept.SESSIONS.connect(Product.replicas().getFirst(), tenant);
        String user = Product.replicas().getFirst().user(shared, SUBJECT);

        Product.replicas().forEach(replica -> replica.apps(shared, user).expect(200));

        assertThat(tenant.logins()).isOne();
    }

    @Test
    void sessionThatHasEndedIsFollowedByAnotherOnce() {
        bridge.apps(main, ada).expect(200);
        tenant.endSessions(SUBJECT);

        bridge.apps(main, ada).expect(200);
        bridge.passed(main, ada, "/api/v1/items").expect(200);

        assertThat(tenant.logins()).isEqualTo(2);
    }

    @Test
    void sessionInUseIsRenewedAhead() {
        bridge.apps(main, ada).expect(200);

        bridge.bean(JdbcClient.class)
                .sql("update lease set renew_at = now() - interval '1 second' where connection_id = ?")
                .param(main)
                .update();

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> tenant.logins() == 2);
        bridge.apps(main, ada).expect(200);
        assertThat(tenant.logins()).isEqualTo(2);
    }

    @Test
    void cookiesThatTheTenantSaysBackAreShownToNobody() {
        bridge.apps(main, ada).expect(200);
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items")
                ? Optional.of(Faults.error(403, "X-1", "You sent " + request.getHeader("Cookie")))
                : Optional.empty());

        Answer answer = bridge.apps(main, ada).expectProblem(502, "tenant-refused");

        assertThat(answer.text()).doesNotContain("You sent", "eas.sid");
    }

    @Test
    void tokenForAJobIsNotOfferedAndBothRemediesAreTold() {
        Answer answer = bridge.token(main, ada).expectProblem(422, "token-not-offered");

        assertThat(answer.detail()).contains("Manage API keys", "oauth-impersonation");
        assertThat(tenant.logins()).isZero();
    }

    @Test
    void leaseIsTheSessionAndLastsAsLongAsTheConnectionSays() {
        bridge.put("/api/v1/connections/" + main, settings(Map.of("sessionLifespan", "PT8H")))
                .expect(200);
        bridge.apps(main, ada).expect(200);

        JsonNode lease = bridge.get("/api/v1/leases?connection=" + main)
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(lease.path("state").asString()).isEqualTo("active");
        assertThat(lease.path("qlikUserId").asString())
                .isEqualTo(tenant.userId(SUBJECT).orElseThrow());
        Duration lasts = Duration.between(
                Instant.parse(lease.path("issuedAt").asString()),
                Instant.parse(lease.path("expiresAt").asString()));
        assertThat(lasts).isBetween(Duration.ofMinutes(470), Duration.ofHours(8));
        assertThat(Instant.parse(lease.path("renewAt").asString()))
                .isBefore(Instant.parse(lease.path("expiresAt").asString()));
        bridge.delete("/api/v1/leases/" + lease.path("id").asString()).expect(204);
    }

    @Test
    void connectionTestMakesNoApiKey() {
        JsonNode report = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200)
                .json();

        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("checks").findValuesAsString("name"))
                .containsExactly(
                        "signing-key",
                        "reachable",
                        "tls",
                        "clock",
                        "assertion",
                        "session",
                        "user",
                        "api-key",
                        "app-list");
        assertThat(report.at("/checks/7/status").asString()).isEqualTo("skipped");
        assertThat(tenant.keysMade()).isZero();
    }

    @Test
    void refusalToMakeAnApiKeyNamesSessionsAsARemedy() {
        bridge.put("/api/v1/connections/" + main, settings(Map.of("keeps", "api-keys")))
                .expect(200);

        assertThat(bridge.apps(main, ada).expectProblem(502, "api-key-refused").detail())
                .contains("keeps: sessions", "oauth-impersonation");
    }

    @Test
    void settingsAreReadAndShown() {
        JsonNode shown = bridge.get("/api/v1/connections/" + main).expect(200).json();

        assertThat(shown.path("signIn").asString()).isEqualTo("jwt");
        assertThat(shown.path("keeps").asString()).isEqualTo("sessions");
        assertThat(shown.path("effectiveApiKeyExpiry").isNull()).isTrue();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("keeps", "cookies"),
                Map.of("signIn", "certificates"),
                Map.of("sessionLifespan", "PT30M"),
                Map.of("sessionLifespan", "PT169H"),
                Map.of("scope", "a  b"),
                Map.of("signIn", "oauth-impersonation", "keeps", "sessions"))) {
            bridge.put("/api/v1/connections/" + main, settings(wrong)).expectProblem(400, "invalid-request");
        }
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "type",
                "qlik-cloud",
                "host",
                tenant.url(),
                "issuer",
                Product.ISSUER + "/" + main,
                "keeps",
                "sessions"));
        all.putAll(more);
        return all;
    }
}
