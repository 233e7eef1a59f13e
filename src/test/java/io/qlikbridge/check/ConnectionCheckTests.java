package io.qlikbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.qlikbridge.Product;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.probe.SigningKeyCheck;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ConnectionCheckTests {

    private static final List<String> CHECKS =
            List.of("signing-key", "reachable", "tls", "clock", "assertion", "session", "user", "api-key", "app-list");

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        tenant.apps("hr|4711", App.of("Sales report"));
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void testWhenAllIsWellPassesEachStep() {
        JsonNode report = test(main, ada);

        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(statuses(report).keySet()).containsExactlyElementsOf(CHECKS);
        assertThat(statuses(report))
                .allSatisfy((name, status) ->
                        assertThat(status).as(name).isEqualTo(name.equals("tls") ? "skipped" : "passed"));
        assertThat(report.path("checks").path(0).propertyNames())
                .containsExactlyInAnyOrder("name", "status", "detail", "remedy", "durationMs");
        assertThat(report.toString()).contains("Sales report");
    }

    @Test
    void testIsRememberedWithAUserAndWithNobodyUntilTheConnectionGoes() {
        LastChecks last = bridge.bean(LastChecks.class);
        ConnectionId id = new ConnectionId(main);
        assertThat(last.of(id)).isEmpty();

        test(main, ada);
        Instant first = last.of(id).orElseThrow().at();
        tenant.before(request -> request.getUrl().equals("/login/jwt-session")
                ? Optional.of(Faults.error(401, "LOGIN-X", "Unknown issuer"))
                : Optional.empty());
        test(main, ada);
        bridge.post("/api/v1/connections/" + main + "/test", Map.of()).expect(200);

        LastCheck withUser = last.withUser(id).orElseThrow();
        assertThat(withUser.user()).hasToString(ada);
        assertThat(withUser.failed()).isEqualTo("assertion");
        assertThat(withUser.at()).isAfter(first);
        assertThat(last.of(id)).hasValueSatisfying(check -> {
            assertThat(check.user()).isNull();
            assertThat(check.passed()).isTrue();
        });
        bridge.delete("/api/v1/connections/" + main + "?revoke=true").expect(204);
        assertThat(last.of(id)).isEmpty();
    }

    @Test
    void testWithAnotherKeyIsNotRemembered() {
        String kid = bridge.bean(SigningKeys.class)
                .active(new ConnectionId(main))
                .orElseThrow()
                .kid();

        bridge.post("/api/v1/connections/" + main + "/test", Map.of("kid", kid)).expect(200);

        assertThat(bridge.bean(LastChecks.class).of(new ConnectionId(main))).isEmpty();
    }

    @Test
    void testWhenRepeatedLeavesOneKeyBehind() {
        test(main, ada);
        test(main, ada);
        bridge.apps(main, ada).expect(200);

        assertThat(tenant.keysMade("hr|4711")).isEqualTo(1);
    }

    @Test
    void testWhenNobodyIsNamedGoesAsFarAsTheClock() {
        for (JsonNode report : List.of(
                bridge.post("/api/v1/connections/" + main + "/test", Map.of())
                        .expect(200)
                        .json(),
                bridge.send("POST", "/api/v1/connections/" + main + "/test", null, bridge.adminToken())
                        .expect(200)
                        .json())) {
            assertThat(report.path("passed").asBoolean()).isTrue();
            assertThat(statuses(report))
                    .containsEntry("signing-key", "passed")
                    .containsEntry("reachable", "passed")
                    .containsEntry("clock", "passed")
                    .containsEntry("assertion", "skipped")
                    .containsEntry("app-list", "skipped");
        }
        assertThat(tenant.logins()).isZero();
    }

    @Test
    void testWhenConnectionHasNoKeyStillLooksForTheTenant() {
        String keyless = Product.name("keyless");
        bridge.put(
                        "/api/v1/connections/" + keyless,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER))
                .expect(201);

        JsonNode report = test(keyless, ada);

        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(statuses(report))
                .containsEntry("signing-key", "failed")
                .containsEntry("reachable", "passed")
                .containsEntry("clock", "passed")
                .containsEntry("assertion", "skipped")
                .containsEntry("app-list", "skipped");
        assertThat(remedy(report, "signing-key")).contains("signing key");
    }

    @Test
    void testWhenTheCertificateHasEndedSaysWhen() {
        Instant end = bridge.bean(SigningKeys.class)
                .active(new ConnectionId(main))
                .orElseThrow()
                .certificateNotAfter();

        CheckResult last = signingKeyAt(end);
        CheckResult over = signingKeyAt(end.plusSeconds(1));

        assertThat(last.status()).isEqualTo(CheckResult.Status.PASSED);
        assertThat(over.status()).isEqualTo(CheckResult.Status.FAILED);
        assertThat(over.detail()).contains(main, "ended at " + end);
        assertThat(over.remedy()).contains("another signing key");
    }

    @Test
    void testWhenTheSigningKeyDoesNotOpenNamesTheVault() {
        bridge.bean(JdbcClient.class)
                .sql("update signing_key set sealed_with = 'k9' where connection_id = ?")
                .params(main)
                .update();

        JsonNode report = test(main, ada);

        assertThat(statuses(report)).containsEntry("signing-key", "failed").containsEntry("assertion", "skipped");
        assertThat(report.path("checks").path(0).path("detail").asString())
                .contains(main, "does not open", "k9 is not configured");
        assertThat(remedy(report, "signing-key")).contains("bridge.vault.keys");
    }

    @Test
    void testWhenTheSigningKeyIsNotThatOfItsCertificateSaysSo() {
        bridge.post(
                        "/api/v1/connections/" + main + "/signing-keys",
                        Map.of("generate", Map.of("bits", 2048), "kid", "another"))
                .expect(201);
        bridge.bean(JdbcClient.class)
                .sql("update signing_key set certificate = (select certificate from signing_key where kid = 'another'"
                        + " and connection_id = :connection) where connection_id = :connection")
                .param("connection", main)
                .update();

        JsonNode report = test(main, ada);

        assertThat(statuses(report)).containsEntry("signing-key", "failed");
        assertThat(report.path("checks").path(0).path("detail").asString()).contains(main, "does not verify");
        assertThat(remedy(report, "signing-key")).contains("another signing key");
    }

    @Test
    void testWhenTheTenantRefusesTheAssertionSaysWhatToCompare() {
        tenant.before(request -> request.getUrl().startsWith("/login/")
                ? Optional.of(Faults.error(401, "LOGIN-X", "Unknown issuer"))
                : Optional.empty());

        JsonNode report = test(main, ada);

        assertThat(statuses(report)).containsEntry("assertion", "failed").containsEntry("session", "skipped");
        assertThat(remedy(report, "assertion")).contains("issuer", "certificate");
    }

    @Test
    void testWhenTheUserMayNotHaveKeysNamesThePermission() {
        tenant.forbidApiKeys("hr|4711");

        JsonNode report = test(main, ada);

        assertThat(statuses(report))
                .containsEntry("user", "passed")
                .containsEntry("api-key", "failed")
                .containsEntry("app-list", "skipped");
        assertThat(remedy(report, "api-key")).contains("Manage API keys");
    }

    @Test
    void testWhenTheTenantCutsTheExpiryShowsIt() {
        tenant.maxApiKeyExpiry(Duration.ofHours(6));

        assertThat(test(main, ada).toString()).contains("PT6H", "PT24H");
    }

    @Test
    void testWhenTheTenantsClockIsBehindSaysByHowMuch() {
        SimulatedTenant slow = SimulatedTenant.start(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-90)));
        try {
            String connection = bridge.connectTo(slow);
            JsonNode report = test(connection, bridge.user(connection, "slow"));

            assertThat(statuses(report)).containsEntry("clock", "failed").containsEntry("assertion", "failed");
            assertThat(remedy(report, "clock")).contains("NTP", "clockToleranceSec");
        } finally {
            slow.close();
        }
    }

    @Test
    void testWhenTheTenantSignsInSomebodyElseFails() {
        tenant.after((request, answer) -> request.getUrl().startsWith("/api/v1/users/") && answer.getStatus() == 200
                ? ResponseDefinitionBuilder.like(answer)
                        .but()
                        .withBody(answer.getBody().replace("hr|4711", "HR|4711"))
                        .build()
                : answer);

        JsonNode report = test(main, ada);

        assertThat(statuses(report)).containsEntry("user", "failed").containsEntry("api-key", "skipped");
        assertThat(tenant.keysMade()).isZero();
    }

    @Test
    void testWhenUserIsUnknownSaysSo() {
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", "nobody"))
                .expectProblem(404, "user-not-found");
    }

    @Test
    void testWhenAStagedKeyIsUnknownToTheTenantSaysWhereItBelongs() {
        stage("second");

        JsonNode report = test(main, ada, "second");

        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(statuses(report))
                .containsEntry("signing-key", "passed")
                .containsEntry("assertion", "failed")
                .containsEntry("session", "skipped");
        assertThat(detail(report, "assertion")).contains("signed with the key second");
        assertThat(remedy(report, "assertion"))
                .contains("/signing-keys/second/certificate", "second identity provider", Product.ISSUER + "/" + main)
                .contains("cannot be replaced");
    }

    @Test
    void testWhenTheTenantHasTheStagedKeyPassesAndIssuesNothing() {
        trust("second", stage("second"));

        JsonNode report = test(main, ada, "second");

        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(statuses(report).keySet()).containsExactlyElementsOf(CHECKS);
        assertThat(statuses(report))
                .containsEntry("signing-key", "passed")
                .containsEntry("assertion", "passed")
                .containsEntry("session", "passed")
                .containsEntry("user", "passed")
                .containsEntry("api-key", "skipped")
                .containsEntry("app-list", "skipped");
        assertThat(detail(report, "signing-key")).contains("second", "It is staged; the connection signs with " + main);
        assertThat(detail(report, "api-key")).contains("activate second");
        assertThat(tenant.assertions())
                .singleElement()
                .satisfies(assertion -> assertThat(assertion.header()).containsEntry("kid", "second"));
        assertThat(tenant.keysMade()).isZero();
    }

    @Test
    void testWhenAStagedKeyIsNamedLeavesTheActiveOneAndTheLeaseAlone() {
        trust("second", stage("second"));
        bridge.apps(main, ada).expect(200);
        String leases =
                bridge.get("/api/v1/leases?connection=" + main).expect(200).text();
        String keys = bridge.get("/api/v1/connections/" + main + "/signing-keys")
                .expect(200)
                .text();

        test(main, ada, "second");

        assertThat(bridge.get("/api/v1/leases?connection=" + main).expect(200).text())
                .isEqualTo(leases);
        assertThat(bridge.get("/api/v1/connections/" + main + "/signing-keys")
                        .expect(200)
                        .text())
                .isEqualTo(keys);
        assertThat(tenant.keysMade("hr|4711")).isEqualTo(1);
    }

    @Test
    void testWhenTheActiveKeyIsNamedGoesTheWholeWay() {
        JsonNode report = test(main, ada, main);

        assertThat(statuses(report)).containsEntry("api-key", "passed").containsEntry("app-list", "passed");
    }

    @Test
    void testWhenARetiredKeyIsNamedSaysThatItIs() {
        stage("second");
        bridge.post("/api/v1/connections/" + main + "/signing-keys/second/activate", Map.of())
                .expect(200);

        JsonNode report = test(main, ada, main);

        assertThat(detail(report, "signing-key")).contains("It is retired; the connection signs with second");
        assertThat(statuses(report)).containsEntry("assertion", "passed").containsEntry("api-key", "skipped");
    }

    @Test
    void testWhenAStagedKeyAndNobodyIsNamedTestsTheKey() {
        stage("second");

        JsonNode report = bridge.post("/api/v1/connections/" + main + "/test", Map.of("kid", "second"))
                .expect(200)
                .json();

        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(detail(report, "signing-key")).contains("second");
        assertThat(statuses(report)).containsEntry("assertion", "skipped");
        assertThat(tenant.logins()).isZero();
    }

    @Test
    void testWhenTheKeyIsUnknownSaysSo() {
        for (String kid : List.of("none", "", "\0", "a".repeat(500))) {
            bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada, "kid", kid))
                    .expectProblem(404, "signing-key-not-found");
        }
        bridge.send("POST", "/api/v1/connections/" + main + "/test", "{\"kid\": 1}", bridge.adminToken())
                .expectProblem(400, "invalid-request");
    }

    /** @return its certificate */
    private String stage(String kid) {
        String keys = "/api/v1/connections/" + main + "/signing-keys";
        bridge.post(keys, Map.of("generate", Map.of("bits", 2048), "kid", kid)).expect(201);
        return bridge.get(keys + "/" + kid + "/certificate").expect(200).text();
    }

    private void trust(String kid, String certificate) {
        tenant.identityProvider(Product.ISSUER + "/" + main, kid, certificate);
    }

    private CheckResult signingKeyAt(Instant now) {
        SigningKeyCheck check = new SigningKeyCheck(bridge.bean(SigningKeys.class), Clock.fixed(now, ZoneOffset.UTC));
        Connection connection = bridge.bean(Connections.class).of(new ConnectionId(main));
        return new StepRunner(code -> Optional.empty())
                .run(List.of(check.step(connection, null)))
                .getFirst();
    }

    private JsonNode test(String connection, String user) {
        return bridge.post("/api/v1/connections/" + connection + "/test", Map.of("user", user))
                .expect(200)
                .json();
    }

    private JsonNode test(String connection, String user, String kid) {
        return bridge.post("/api/v1/connections/" + connection + "/test", Map.of("user", user, "kid", kid))
                .expect(200)
                .json();
    }

    private static Map<String, String> statuses(JsonNode report) {
        Map<String, String> statuses = new LinkedHashMap<>();
        report.path("checks")
                .forEach(check -> statuses.put(
                        check.path("name").asString(), check.path("status").asString()));
        return statuses;
    }

    private static String remedy(JsonNode report, String name) {
        return said(report, name, "remedy");
    }

    private static String detail(JsonNode report, String name) {
        return said(report, name, "detail");
    }

    private static String said(JsonNode report, String name, String property) {
        for (JsonNode check : report.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check.path(property).asString("");
            }
        }
        return "";
    }
}
