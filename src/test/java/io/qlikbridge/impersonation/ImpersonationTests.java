package io.qlikbridge.impersonation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qlikbridge.Kept;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.AccessToken;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.simulator.TokenEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Users of a connection that signs in as an OAuth client. */
class ImpersonationTests {

    private static final String SUBJECT = "hr|4711";

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = Kept.ACCESS_TOKENS.connect(bridge, tenant);
        tenant.user(SUBJECT);
        tenant.apps(SUBJECT, App.of("Ada's report"));
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void tokenIsTheTenantsAccessTokenForTheSubject() {
        JsonNode token = bridge.token(main, ada).expect(200).json();

        AccessToken made = only();
        assertThat(token.path("token").asString()).isEqualTo(made.token());
        assertThat(Instant.parse(token.path("expiresAt").asString()))
                .isCloseTo(made.expiresAt(), within(1, ChronoUnit.SECONDS));
        assertThat(token.path("subject").asString()).isEqualTo(SUBJECT);
        assertThat(token.path("qlikUserId").asString())
                .isEqualTo(tenant.userId(SUBJECT).orElseThrow());
        assertThat(token.path("leaseId").isString()).isTrue();
        assertThat(bridge.token(main, ada).expect(200).json().path("token").asString())
                .isEqualTo(made.token());
        assertThat(tenant.keysMade()).isZero();
        assertThat(tenant.logins()).isZero();
    }

    @Test
    void appsAndPassedReadsAreTheSubjects() {
        assertThat(names(bridge.apps(main, ada))).isEqualTo("Ada's report");
        assertThat(bridge.passed(main, ada, "/api/v1/items")
                        .expect(200)
                        .json()
                        .path("data")
                        .findValuesAsString("name"))
                .contains("Ada's report");
        assertThat(tenant.oauth().tokensMade(SUBJECT)).isOne();
    }

    @ParameterizedTest
    @EnumSource(TokenEnd.class)
    void endOfATokenIsReadHoweverTheTenantTellsIt(TokenEnd form) {
        tenant.oauth().tokenEnd(form);
        tenant.oauth().tokenLifetime(Duration.ofHours(2));

        Instant end = Instant.parse(
                bridge.token(main, ada).expect(200).json().path("expiresAt").asString());

        assertThat(end)
                .isBetween(
                        only().expiresAt().minusSeconds(60), only().expiresAt().plusSeconds(1));
    }

    @Test
    void tokenThatLastsLongerThanTheTenantsIsNotPossible() {
        Answer answer =
                bridge.post("/api/v1/connections/" + main + "/token", Map.of("user", ada, "minValidity", "PT7H"));

        answer.expectProblem(422, "validity-not-possible");
        assertThat(answer.detail()).contains("PT6H");
    }

    @Test
    void tokenThatTheTenantEndedIsFollowedByAnotherOnce() {
        bridge.apps(main, ada).expect(200);
        tenant.oauth().endTokensOf(SUBJECT);

        assertThat(names(bridge.apps(main, ada))).isEqualTo("Ada's report");
        assertThat(tenant.oauth().tokensMade(SUBJECT)).isEqualTo(2);
    }

    @Test
    void tokenInUseIsRenewedAheadAndTheFormerOneStaysGood() {
        String first = bridge.token(main, ada).expect(200).json().path("token").asString();

        bridge.bean(JdbcClient.class)
                .sql("update lease set renew_at = now() - interval '1 second' where connection_id = ?")
                .param(main)
                .update();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> !first.equals(
                        bridge.token(main, ada).expect(200).json().path("token").asString()));
        assertThat(tenant.oauth().activeTokensOf(SUBJECT)).hasSize(2);
    }

    @Test
    void revocationEndsTheTokenAtTheTenant() {
        bridge.token(main, ada).expect(200);

        JsonNode revoked = bridge.post("/api/v1/leases/revoke", Map.of("connection", main, "user", ada))
                .expect(200)
                .json();

        assertThat(revoked.path("revoked").asInt()).isOne();
        assertThat(tenant.oauth().activeTokensOf(SUBJECT)).isEmpty();
    }

    @Test
    void revocationWhereTheTenantHasNoneIsDoneAllTheSame() {
        tenant.before(request -> request.getUrl().equals("/oauth/revoke")
                ? Optional.of(Faults.error(404, "HTTP-404", "Not found."))
                : Optional.empty());
        bridge.token(main, ada).expect(200);

        JsonNode revoked = bridge.post("/api/v1/leases/revoke", Map.of("connection", main, "user", ada))
                .expect(200)
                .json();

        assertThat(revoked.path("revoked").asInt()).isOne();
        assertThat(bridge.token(main, ada).expect(200).json().path("token").asString())
                .isNotEqualTo(tenant.oauth().tokensOf(SUBJECT).getFirst().token());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void userWhomTheTenantDoesNotKnowIsMadeByNobody(boolean plain) {
        tenant.oauth().oauthErrors(plain);
        String bob = bridge.user(main, "hr|unknown");

        Answer answer = bridge.apps(main, bob).expectProblem(502, "user-not-at-tenant");

        assertThat(answer.detail()).contains("hr|unknown", "makes no users");
        assertThat(tenant.userExists("hr|unknown")).isFalse();
    }

    @Test
    void userWhomTheTenantFindsInAnotherCaseIsSomebodyElse() {
        String bob = bridge.user(main, "HR|4711");

        bridge.apps(main, bob).expectProblem(502, "user-not-at-tenant");
        bridge.token(main, bob).expectProblem(502, "user-not-at-tenant");

        assertThat(tenant.oauth().activeTokensOf(SUBJECT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void userWhoIsDisabledAtTheTenantIsToldOf(boolean plain) {
        tenant.oauth().oauthErrors(plain);
        tenant.disableUser(SUBJECT);

        Answer answer = bridge.apps(main, ada).expectProblem(502, "tenant-refused");

        assertThat(answer.detail()).contains("Enable the user").doesNotContain("Wait until");
    }

    @Test
    void userWithTooManyTokensIsToldOf() {
        tenant.oauth().maxTokensPerUser(0);

        Answer answer = bridge.apps(main, ada).expectProblem(502, "tenant-refused");

        assertThat(answer.detail())
                .contains("Wait until some of the user's access tokens")
                .doesNotContain("Enable");
    }

    @Test
    void clientWithAnotherSecretIsToldOf() {
        client(Map.of("clientId", main, "clientSecret", "another")).expect(204);

        Answer answer = bridge.apps(main, ada).expectProblem(502, "tenant-refused");

        assertThat(answer.detail()).contains("Compare the OAuth client");
        assertThat(answer.text()).doesNotContain("another");
        client(Map.of("clientId", main, "clientSecret", Kept.SECRET)).expect(204);
        bridge.apps(main, ada).expect(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500})
    void secretThatTheTenantSaysBackIsShownToNobody(int status) {
        bridge.token(main, ada).expect(200);
        tenant.before(request -> request.getUrl().startsWith("/oauth/")
                ? Optional.of(Faults.error(status, Kept.SECRET, request.getBodyAsString()))
                : Optional.empty());

        Answer revoked = bridge.post("/api/v1/leases/revoke", Map.of("connection", main));
        Answer answer = bridge.apps(main, ada);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("oauth-token").doesNotContain(Kept.SECRET);
        assertThat(revoked.text()).doesNotContain(Kept.SECRET);
        assertThat(bridge.get("/api/v1/leases?connection=" + main).expect(200).text())
                .contains("oauth-revoke")
                .doesNotContain(Kept.SECRET);
    }

    @Test
    void subjectThatTheTenantSaysBackIsNoWordOfIts() {
        String bob = bridge.user(main, "scope-of-consent");

        bridge.apps(main, bob).expectProblem(502, "user-not-at-tenant");
    }

    @Test
    void clientWithoutTheGrantIsToldOf() {
        tenant.oauth().client(OAuthClient.impersonating(main, Kept.SECRET).withGrants("client_credentials"));

        assertThat(bridge.apps(main, ada).expectProblem(502, "tenant-refused").detail())
                .contains("urn:qlik:oauth:user-impersonation", "trusted");
    }

    @Test
    void clientWithoutTheScopeIsToldOf() {
        tenant.oauth().client(OAuthClient.impersonating(main, Kept.SECRET).withScopes("apps"));

        assertThat(bridge.apps(main, ada).expectProblem(502, "tenant-refused").detail())
                .contains("scope");
    }

    @Test
    void clientWithoutASecretShowsAnAssertionOfTheSigningKey() {
        String certificate = bridge.signingCertificate(main);
        tenant.oauth().client(OAuthClient.impersonating(main, "none").withKey(certificate));
        Map<String, Object> request = new HashMap<>(Map.of("clientId", main));
        request.put("clientSecret", null);
        client(request).expect(204);

        assertThat(names(bridge.apps(main, ada))).isEqualTo("Ada's report");
        assertThat(bridge.get(address())
                        .expect(200)
                        .json()
                        .path("authentication")
                        .asString())
                .isEqualTo("private-key-jwt");
        bridge.post("/api/v1/leases/revoke", Map.of("connection", main)).expect(200);
        assertThat(tenant.oauth().activeTokensOf(SUBJECT)).isEmpty();
    }

    @Test
    void connectionWithoutAClientSaysWhatToSend() {
        bridge.delete(address()).expect(204);

        Answer answer = bridge.apps(main, ada).expectProblem(409, "oauth-client-missing");

        assertThat(answer.detail()).contains("PUT /api/v1/connections/" + main + "/oauth-client");
        bridge.get(address()).expectProblem(409, "oauth-client-missing");
        bridge.delete(address()).expectProblem(409, "oauth-client-missing");
    }

    @Test
    void secretIsShownToNoOtherHost() {
        try (SimulatedTenant other = SimulatedTenant.start()) {
            other.apps(SUBJECT, App.of("Of another tenant"));
            bridge.put(
                            "/api/v1/connections/" + main,
                            Map.of("type", "qlik-cloud", "host", other.url(), "signIn", "oauth-impersonation"))
                    .expect(200);

            Answer answer = bridge.apps(main, ada).expectProblem(409, "oauth-client-missing");

            assertThat(answer.detail()).contains("is for " + tenant.url());
            assertThat(other.oauth().tokenCalls()).isEmpty();
        }
    }

    @Test
    void clientIsShownWithoutItsSecretAndAudited() {
        Answer shown = bridge.get(address()).expect(200);

        assertThat(shown.json().path("clientId").asString()).isEqualTo(main);
        assertThat(shown.json().path("updatedAt").isString()).isTrue();
        assertThat(shown.text()).doesNotContain(Kept.SECRET);
        String trail =
                bridge.get("/api/v1/audit?connection=" + main).expect(200).text();
        assertThat(trail).contains("oauth-client.put").doesNotContain(Kept.SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"clientId\":\"\",\"clientSecret\":\"s\"}',              /clientId",
        "'{\"clientSecret\":\"s\"}',                                /clientId",
        "'{\"clientId\":\"c\",\"clientSecret\":\"\"}',              /clientSecret",
        "'{\"clientId\":\"c\",\"clientSecret\":\"a b\"}',           /clientSecret",
        "'{\"clientId\":\"c\",\"clientSecret\":\"a\\nb\"}',         /clientSecret",
        "'{\"clientId\":\"c\",\"secret\":\"s\"}',                   /secret",
        "'{\"clientId\":1,\"clientSecret\":\"s\"}',                 /clientId",
    })
    void clientThatCannotBeOneIsRefused(String json, String pointer) {
        Answer answer = bridge.send("PUT", address(), json, bridge.adminToken()).expectProblem(400, "invalid-request");

        assertThat(answer.json().at("/errors/0/pointer").asString()).endsWith(pointer);
    }

    @Test
    void credentialOfAnotherWayToSignInIsNotUsedAnyMore() {
        String token = bridge.token(main, ada).expect(200).json().path("token").asString();

        Map<String, Object> jwt =
                Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER + "/" + main);
        bridge.put("/api/v1/connections/" + main, jwt).expect(200);
        tenant.identityProvider(Product.ISSUER + "/" + main, main, bridge.signingCertificate(main));

        assertThat(bridge.token(main, ada).expect(200).json().path("token").asString())
                .isNotEqualTo(token);
        assertThat(tenant.keysMade(SUBJECT)).isOne();
        bridge.post("/api/v1/leases/revoke", Map.of("connection", main)).expect(200);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(tenant.oauth().activeTokensOf(SUBJECT)).isEmpty());
        assertThat(tenant.activeKeys(SUBJECT)).isEmpty();
    }

    @Test
    void connectionTestTakesTheWayOfTheClient() {
        JsonNode report = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200)
                .json();

        assertThat(report.path("checks").findValuesAsString("name"))
                .containsExactly("oauth-client", "reachable", "tls", "clock", "access-token", "user", "app-list");
        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
    }

    @Test
    void connectionTestTellsAnUnknownUserFromARefusedClient() {
        String bob = bridge.user(main, "hr|unknown");

        JsonNode unknown = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", bob))
                .expect(200)
                .json();
        assertThat(status(unknown, "access-token")).isEqualTo("passed");
        assertThat(status(unknown, "user")).isEqualTo("failed");

        client(Map.of("clientId", main, "clientSecret", "another")).expect(204);
        JsonNode refused = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200)
                .json();
        assertThat(status(refused, "access-token")).isEqualTo("failed");
        assertThat(status(refused, "user")).isEqualTo("skipped");
    }

    private AccessToken only() {
        assertThat(tenant.oauth().tokensOf(SUBJECT)).hasSize(1);
        return tenant.oauth().tokensOf(SUBJECT).getFirst();
    }

    private Answer client(Map<String, Object> client) {
        return bridge.put(address(), client);
    }

    private String address() {
        return "/api/v1/connections/" + main + "/oauth-client";
    }

    private static String names(Answer apps) {
        return String.join(",", apps.expect(200).json().path("items").findValuesAsString("name"));
    }

    private static String status(JsonNode report, String check) {
        return report.path("checks")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(check))
                .findFirst()
                .orElseThrow()
                .path("status")
                .asString();
    }
}
