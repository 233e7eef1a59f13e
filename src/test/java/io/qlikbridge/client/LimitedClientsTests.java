package io.qlikbridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients that may act at some connections alone. */
class LimitedClientsTests {

    private static final Product bridge = Product.shared();
    private static SimulatedTenant tenant;
    private static String allowed;
    private static String other;
    private static String user;

    @BeforeAll
    static void connect() {
        tenant = SimulatedTenant.start();
        allowed = bridge.connectTo(tenant);
        other = bridge.connectTo(tenant);
        user = bridge.user(allowed, "limited|1");
    }

    @AfterAll
    static void end() {
        tenant.close();
    }

    @Test
    void clientShowsWhereItMayAct() {
        JsonNode limited = add(List.of(allowed)).expect(201).json();

        assertThat(limited.path("connections").toString()).isEqualTo("[\"" + allowed + "\"]");
        assertThat(bridge.get("/api/v1/clients/" + limited.path("clientId").asString())
                        .json()
                        .path("connections")
                        .toString())
                .isEqualTo("[\"" + allowed + "\"]");
        assertThat(bridge.send("GET", "/api/v1/me", null, token(limited))
                        .json()
                        .path("connections")
                        .toString())
                .isEqualTo("[\"" + allowed + "\"]");
    }

    @Test
    void clientWhenNotLimitedMayActEverywhere() {
        assertThat(add(null).expect(201).json().path("connections").toString()).isEqualTo("[\"*\"]");
        assertThat(add(List.of("*")).expect(201).json().path("connections").toString())
                .isEqualTo("[\"*\"]");
    }

    @Test
    void clientActsAtItsConnection() {
        String token = token(add(List.of(allowed)).expect(201).json());

        bridge.send("GET", "/api/v1/connections/" + allowed + "/apps?user=" + user, null, token)
                .expect(200);
        bridge.send("POST", "/api/v1/connections/" + allowed + "/token", "{\"user\":\"" + user + "\"}", token)
                .expect(200);
        assertThat(pass(allowed, token).status()).isEqualTo(200);
    }

    @Test
    void clientAtAnotherConnectionIsForbiddenWhetherThereIsOneOrNot() {
        String token = token(add(List.of(allowed)).expect(201).json());
        String none = token(add(List.of()).expect(201).json());

        for (String id : List.of(other, "nobody-knows-it")) {
            assertForbidden(id, bridge.send("GET", "/api/v1/connections/" + id + "/apps?user=" + user, null, token));
            assertForbidden(id, bridge.send("GET", "/api/v1/connections/" + id + "/apps", null, token));
            assertForbidden(
                    id,
                    bridge.send("POST", "/api/v1/connections/" + id + "/token", "{\"user\":\"" + user + "\"}", token));
            assertForbidden(id, pass(id, token));
        }
        assertForbidden(allowed, pass(allowed, none));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody-knows-it", "Main", "", "group:x", "**"})
    void clientWhenAConnectionIsUnknownOrMalformedIsRefused(String connection) {
        Product.Answer refused = add(List.of(allowed, connection)).expectProblem(400, "invalid-request");

        assertThat(refused.json().path("errors").toString())
                .contains("#/connections/1")
                .doesNotContain("connections/0");
    }

    private static void assertForbidden(String connection, Product.Answer answer) {
        answer.expectProblem(403, "forbidden");
        assertThat(answer.detail()).contains("may not use connection " + connection);
    }

    private static Product.Answer pass(String connection, String token) {
        return bridge.exchange(
                bridge.request("/qlik/" + connection + "/api/v1/items", token).header("X-Bridge-User", user));
    }

    private static Product.Answer add(List<String> connections) {
        Map<String, Object> client = new java.util.HashMap<>(Map.of(
                "clientId",
                Product.name("limited"),
                "scopes",
                List.of("bridge.apps", "bridge.tokens"),
                "users",
                List.of("*")));
        if (connections != null) {
            client.put("connections", connections);
        }
        return bridge.post("/api/v1/clients", client);
    }

    private static String token(JsonNode client) {
        return bridge.accessToken(
                client.path("clientId").asString(), client.path("secret").asString(), null);
    }
}
