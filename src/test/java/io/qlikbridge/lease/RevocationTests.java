package io.qlikbridge.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Leases that an admin ends. */
class RevocationTests {

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void deleteEndsTheKeyAtTheTenant() {
        String lease = lease(ada);

        bridge.delete("/api/v1/leases/" + lease).expect(204);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(state(lease)).isEqualTo("revoked");
        assertThat(bridge.token(main, ada).expect(200).json().path("leaseId").asString())
                .isNotEqualTo(lease);
    }

    @Test
    void deleteWhenItHasEndedAlreadyIsDone() {
        String lease = lease(ada);
        bridge.delete("/api/v1/leases/" + lease).expect(204);

        bridge.delete("/api/v1/leases/" + lease).expect(204);

        assertThat(tenant.calls("/api/v1/api-keys/")).hasSize(1);
    }

    @Test
    void deleteWhenThereIsNoneSaysSo() {
        bridge.delete("/api/v1/leases/01a1ffae-99ac-7562-af7c-feceba3cf1bc").expectProblem(404, "lease-not-found");
        bridge.delete("/api/v1/leases/none").expectProblem(404, "lease-not-found");
    }

    @Test
    void deleteWhileTheTenantIsDownIsRevokingUntilItAgrees() {
        String lease = lease(ada);
        tenant.before(request -> Optional.of(Faults.reset()));

        JsonNode answer = bridge.delete("/api/v1/leases/" + lease).expect(202).json();

        assertThat(answer.path("id").asString()).isEqualTo(lease);
        assertThat(answer.path("state").asString()).isEqualTo("revoking");
        tenant.before(request -> Optional.empty());
        bridge.bean(JdbcClient.class)
                .sql("update lease set next_attempt_at = now() where username = :user")
                .param("user", ada)
                .update();
        Awaitility.await().until(() -> "revoked".equals(state(lease)));
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deleteWhenTheTenantDoesNotAcceptTheKeyAnyMoreSignsInToSee() {
        String lease = lease(ada);
        String key = tenant.activeKeys("hr|4711").getFirst().id();
        tenant.before(request ->
                request.getUrl().equals("/api/v1/api-keys/" + key) && request.getHeader("Authorization") != null
                        ? Optional.of(Faults.error(401, "NOT-NOW", "Not now"))
                        : Optional.empty());

        bridge.delete("/api/v1/leases/" + lease).expect(204);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deleteWhenTheUserIsDisabledAtTheTenantWaitsForIt() {
        String lease = lease(ada);
        tenant.disableUser("hr|4711");

        bridge.delete("/api/v1/leases/" + lease).expect(202);

        // the key would be good again with its user
        tenant.enableUser("hr|4711");
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        bridge.delete("/api/v1/leases/" + lease).expect(204);
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deleteWhenAnAdminRevokedTheKeyAtTheTenantIsDone() {
        String lease = lease(ada);
        tenant.revokeKey(tenant.activeKeys("hr|4711").getFirst().id());

        bridge.delete("/api/v1/leases/" + lease).expect(204);
    }

    @Test
    void leaseWhoseTokenDoesNotOpenIsEndedByASignIn() {
        String lease = lease(ada);
        bridge.bean(JdbcClient.class)
                .sql("update lease set ciphertext = set_byte(ciphertext, 0, (get_byte(ciphertext, 0) + 1) % 256)"
                        + " where username = :user")
                .param("user", ada)
                .update();

        bridge.delete("/api/v1/leases/" + lease).expect(204);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void revokeEndsAllOfAUserOnAllConnections() {
        String other = bridge.connectTo(tenant);
        String bob = bridge.user(main, "hr|4712");
        lease(ada);
        bridge.token(other, ada).expect(200);
        String bobs = lease(bob);

        JsonNode answer = bridge.post("/api/v1/leases/revoke", Map.of("user", ada))
                .expect(200)
                .json();

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("revoked", "pending");
        assertThat(answer.path("revoked").asInt()).isEqualTo(2);
        assertThat(answer.path("pending").asInt()).isZero();
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(state(bobs)).isEqualTo("active");
    }

    @Test
    void revokeWhenTheUserWasRenamedEndsWhatItWasIssuedBefore() {
        String lease = lease(ada);
        String renamed = rename(ada, "hr|4711");

        assertThat(leases(renamed)).containsExactly(lease);
        assertThat(leases(ada)).isEmpty();
        assertThat(bridge.post("/api/v1/leases/revoke", Map.of("user", ada))
                        .expectProblem(404, "user-not-found")
                        .detail())
                .contains(renamed);
        JsonNode answer = bridge.post("/api/v1/leases/revoke", Map.of("user", renamed))
                .expect(200)
                .json();

        assertThat(answer).hasToString("{\"revoked\":1,\"pending\":0}");
        assertThat(state(lease)).isEqualTo("revoked");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void revokeWhenTheNameWasGivenToAnotherLeavesTheFirst() {
        String first = lease(ada);
        String renamed = rename(ada, "hr|4711");
        bridge.post("/api/v1/users", Map.of("username", ada, "subjects", Map.of(main, "hr|4712")))
                .expect(201);
        String second = lease(ada);

        assertThat(leases(ada)).containsExactly(second);
        assertThat(leases(renamed)).containsExactly(first);
        bridge.post("/api/v1/leases/revoke", Map.of("user", ada)).expect(200);

        assertThat(state(second)).isEqualTo("revoked");
        assertThat(state(first)).isEqualTo("active");
        assertThat(bridge.get("/api/v1/leases/" + first)
                        .expect(200)
                        .json()
                        .path("user")
                        .asString())
                .isEqualTo(renamed);
    }

    @Test
    void revokeWhenTheUserWasDeletedWhileTheTenantWasDownFindsWhatIsPending() {
        String lease = lease(ada);
        tenant.before(request -> Optional.of(Faults.reset()));
        bridge.delete("/api/v1/users/" + id(ada)).expect(204);
        assertThat(leases(ada)).containsExactly(lease);
        tenant.before(request -> Optional.empty());

        JsonNode answer = bridge.post("/api/v1/leases/revoke", Map.of("user", ada))
                .expect(200)
                .json();

        assertThat(answer).hasToString("{\"revoked\":1,\"pending\":0}");
    }

    private String rename(String username, String subject) {
        String renamed = Product.name("renamed");
        bridge.put("/api/v1/users/" + id(username), Map.of("username", renamed, "subjects", Map.of(main, subject)))
                .expect(200);
        return renamed;
    }

    private String id(String username) {
        return bridge.get("/api/v1/users?username=" + username)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
    }

    private List<String> leases(String username) {
        return bridge.get("/api/v1/leases?user=" + username)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsString("id");
    }

    @Test
    void revokeEndsAllOfAConnection() {
        for (int user = 0; user < 20; user++) {
            lease(bridge.user(main, "many|" + user));
        }

        JsonNode answer = bridge.post("/api/v1/leases/revoke", Map.of("connection", main))
                .expect(200)
                .json();

        assertThat(answer.path("revoked").asInt()).isEqualTo(20);
        assertThat(tenant.activeKeys("many|7")).isEmpty();
    }

    @Test
    void revokeWhileTheTenantIsDownSaysWhatIsPending() {
        lease(ada);
        tenant.before(request -> Optional.of(Faults.reset()));

        JsonNode answer = bridge.post("/api/v1/leases/revoke", Map.of("user", ada, "connection", main))
                .expect(200)
                .json();

        assertThat(answer.path("revoked").asInt()).isZero();
        assertThat(answer.path("pending").asInt()).isOne();
    }

    @Test
    void revokeOfNobodyInParticularIsRefused() {
        bridge.post("/api/v1/leases/revoke", Map.of()).expectProblem(400, "invalid-request");
        bridge.post("/api/v1/leases/revoke", Map.of("user", "nobody-of-this-name"))
                .expectProblem(404, "user-not-found");
        bridge.post("/api/v1/leases/revoke", Map.of("connection", "none")).expectProblem(404, "connection-not-found");
        bridge.post("/api/v1/leases/revoke", Map.of("usr", ada)).expectProblem(400, "invalid-request");
    }

    @Test
    void keyOfAUserWhoWasDeletedWhileTheTenantWasDownIsStillEnded() {
        String lease = lease(ada);
        tenant.before(request -> Optional.of(Faults.reset()));
        String id = bridge.get("/api/v1/users?username=" + ada)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        bridge.delete("/api/v1/users/" + id).expect(204);
        assertThat(state(lease)).isEqualTo("revoking");
        tenant.before(request -> Optional.empty());

        assertThat(bridge.post("/api/v1/leases/revoke", Map.of("user", ada))
                        .expect(200)
                        .json()
                        .path("revoked")
                        .asInt())
                .isOne();

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    private String lease(String user) {
        return bridge.token(main, user).expect(200).json().path("leaseId").asString();
    }

    private String state(String lease) {
        return bridge.get("/api/v1/leases/" + lease).json().path("state").asString();
    }
}
