package io.qlikbridge.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenTests {

    private static final Product bridge = Product.shared();
    private static SimulatedTenant tenant;
    private static String main;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void tokenOpensTheUsersDataAtTheTenant() throws Exception {
        tenant.apps("token|ada", App.of("Sales report"));
        String ada = bridge.user(main, "token|ada");

        Product.Answer answer = bridge.token(main, ada).expect(200);

        JsonNode token = answer.json();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(token.propertyNames())
                .containsExactlyInAnyOrder(
                        "leaseId", "token", "tokenType", "expiresAt", "host", "subject", "qlikUserId");
        assertThat(token.path("tokenType").asString()).isEqualTo("Bearer");
        assertThat(token.path("host").asString()).isEqualTo(tenant.url());
        assertThat(token.path("subject").asString()).isEqualTo("token|ada");
        assertThat(token.path("qlikUserId").asString())
                .isEqualTo(tenant.userId("token|ada").orElseThrow());
        assertThat(Instant.parse(token.path("expiresAt").asString()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(itemsWith(token.path("token").asString())).contains("Sales report");
    }

    @Test
    void tokenWhenAskedAgainIsTheSame() {
        String user = bridge.user(main, "token|again");

        JsonNode first = bridge.token(main, user).expect(200).json();
        JsonNode second = bridge.token(main, user).expect(200).json();

        assertThat(second).isEqualTo(first);
        assertThat(tenant.keysMade("token|again")).isEqualTo(1);
    }

    @Test
    void tokenWhenHeldOneDoesNotLastLongEnoughIsNew() {
        String short1 = bridge.connectTo(tenant, Map.of("apiKeyExpiry", "PT10H"));
        String user = bridge.user(short1, "token|longer");
        String first =
                bridge.token(short1, user).expect(200).json().path("leaseId").asString();
        bridge.put("/api/v1/connections/" + short1, with(short1, "apiKeyExpiry", "PT20H"))
                .expect(200);

        JsonNode second = tokenLasting(short1, user, "PT15H").expect(200).json();

        assertThat(second.path("leaseId").asString()).isNotEqualTo(first);
        assertThat(state(first)).isEqualTo("superseded");
        assertThat(tokenLasting(short1, user, "PT15H").expect(200).json()).isEqualTo(second);
    }

    @Test
    void tokenWhenMoreIsAskedThanKeysLastIsRefusedWithoutAskingTheTenant() {
        String user = bridge.user(main, "token|forever");

        tokenLasting(main, user, "PT24H1S").expectProblem(422, "validity-not-possible");

        assertThat(tenant.keysMade("token|forever")).isZero();
    }

    @Test
    void tokenWhenTheTenantCutsTheExpiryIsRefusedAndTheLeaseKept() {
        String long1 = bridge.connectTo(tenant, Map.of("apiKeyExpiry", "P30D"));
        String user = bridge.user(long1, "token|cut");

        tokenLasting(long1, user, "P10D").expectProblem(422, "validity-not-possible");
        tokenLasting(long1, user, "P10D").expectProblem(422, "validity-not-possible");

        assertThat(bridge.token(long1, user).expect(200).json().path("subject").asString())
                .isEqualTo("token|cut");
        assertThat(tenant.keysMade("token|cut")).isEqualTo(1);
        JsonNode connection = bridge.get("/api/v1/connections/" + long1).json();
        assertThat(connection.path("apiKeyExpiry").asString()).isEqualTo("P30D");
        assertThat(Duration.parse(connection.path("effectiveApiKeyExpiry").asString()))
                .isEqualTo(Duration.ofHours(24));
    }

    @Test
    void tokenWhenUserIsMappedToAnotherSubjectIsAnother() {
        String user = bridge.user(main, "token|before");
        String id = bridge.get("/api/v1/users?username=" + user)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        JsonNode before = bridge.token(main, user).expect(200).json();

        bridge.put("/api/v1/users/" + id, Map.of("username", user, "subjects", Map.of(main, "token|after")))
                .expect(200);
        JsonNode after = bridge.token(main, user).expect(200).json();

        assertThat(after.path("subject").asString()).isEqualTo("token|after");
        assertThat(after.path("token")).isNotEqualTo(before.path("token"));
        // nobody goes on as somebody else
        assertThat(state(before.path("leaseId").asString())).isIn("revoking", "revoked");
    }

    @Test
    void tokenWhenSubjectDiffersInCaseAloneIsAnother() {
        String user = bridge.user(main, "token|case");
        String id = bridge.get("/api/v1/users?username=" + user)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        String before =
                bridge.token(main, user).expect(200).json().path("token").asString();

        bridge.put("/api/v1/users/" + id, Map.of("username", user, "subjects", Map.of(main, "TOKEN|case")))
                .expect(200);

        assertThat(bridge.token(main, user).expect(200).json().path("token").asString())
                .isNotEqualTo(before);
    }

    @Test
    void tokenWhenConnectionMovesToAnotherHostIsAnother() {
        try (SimulatedTenant other = SimulatedTenant.start()) {
            String moving = bridge.connectTo(tenant);
            String user = bridge.user(moving, "token|moving");
            String before =
                    bridge.token(moving, user).expect(200).json().path("token").asString();
            String certificate = bridge.get(
                            "/api/v1/connections/" + moving + "/signing-keys/" + moving + "/certificate")
                    .text();
            other.identityProvider(Product.ISSUER + "/" + moving, moving, certificate);

            bridge.put("/api/v1/connections/" + moving, with(moving, "host", other.url()))
                    .expect(200);
            JsonNode after = bridge.token(moving, user).expect(200).json();

            assertThat(after.path("token").asString()).isNotEqualTo(before);
            assertThat(after.path("host").asString()).isEqualTo(other.url());
            assertThat(other.keysMade("token|moving")).isEqualTo(1);
            assertThat(other.calls())
                    .allSatisfy(call -> assertThat(call.headers().toString()).doesNotContain(before));
        }
    }

    @Test
    void tokenWhenTheTenantNoLongerAcceptsTheHeldKeyIsNewAfterOneRefusal() {
        tenant.apps("token|revoked", App.of("Still mine"));
        String user = bridge.user(main, "token|revoked");
        bridge.apps(main, user).expect(200);
        tenant.revokeKey(tenant.activeKeys("token|revoked").getFirst().id());

        assertThat(bridge.apps(main, user).expect(200).text()).contains("Still mine");
        assertThat(tenant.keysMade("token|revoked")).isEqualTo(2);
    }

    @Test
    void tokenWhenClientIsRestrictedToOthersIsForbidden() {
        String user = bridge.user(main, "token|mine");
        String other = bridge.user(main, "token|other");
        String job = bridge.client(new String[] {"bridge.tokens"}, user);

        bridge.send("POST", "/api/v1/connections/" + main + "/token", "{\"user\": \"" + user + "\"}", job)
                .expect(200);
        bridge.send("POST", "/api/v1/connections/" + main + "/token", "{\"user\": \"" + other + "\"}", job)
                .expectProblem(403, "forbidden");
        bridge.send("POST", "/api/v1/connections/" + main + "/token", null, job).expectProblem(400, "invalid-request");
        assertThat(tenant.keysMade("token|other")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "two hours", "P1M", "PT9999999999999999999H"})
    void tokenWhenValidityIsNotADurationSaysSo(String validity) {
        String user = bridge.user(main, "token|words");

        Product.Answer answer = tokenLasting(main, user, validity).expectProblem(400, "invalid-request");

        assertThat(answer.json().path("errors").path(0).path("pointer").asString())
                .isEqualTo("#/minValidity");
    }

    @Test
    void answerPrintsNoToken() {
        TokenAnswer answer =
                new TokenAnswer(null, "secret-token", "Bearer", Instant.EPOCH, URI.create("http://h"), "s", "q");

        assertThat(answer.toString()).doesNotContain("secret-token");
    }

    private static Product.Answer tokenLasting(String connection, String user, String validity) {
        return bridge.post(
                "/api/v1/connections/" + connection + "/token", Map.of("user", user, "minValidity", validity));
    }

    private static Map<String, Object> with(String connection, String name, String value) {
        JsonNode now = bridge.get("/api/v1/connections/" + connection).json();
        Map<String, Object> body = new HashMap<>();
        for (String kept : List.of("type", "host", "issuer", "apiKeyExpiry")) {
            body.put(kept, now.path(kept).asString());
        }
        body.put(name, value);
        return body;
    }

    private static String state(String lease) {
        return bridge.get("/api/v1/leases/" + lease)
                .expect(200)
                .json()
                .path("state")
                .asString();
    }

    private static String itemsWith(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(tenant.url() + "/api/v1/items?resourceType=app"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
