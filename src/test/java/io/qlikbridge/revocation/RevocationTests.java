package io.qlikbridge.revocation;

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
                .sql("update lease set next_revocation_at = now() where username = :user")
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
    void revokeOfAClientEndsWhatItWasHandedAndNothingElse() {
        String bob = bridge.user(main, "hr|4712");
        Job job = new Job(ada, bob);
        String adas = job.lease(main, ada);
        String bobs = lease(bob);

        assertThat(revoked(Map.of("client", job.id))).isOne();

        assertThat(state(adas)).isEqualTo("revoked");
        assertThat(state(bobs)).isEqualTo("active");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(revoked(Map.of("client", job.id))).isZero();
    }

    @Test
    void revokeOfAClientWithAUserOrAConnectionEndsWhatFitsBoth() {
        String bob = bridge.user(main, "hr|4712");
        Job job = new Job(ada, bob);
        String adas = job.lease(main, ada);
        String bobs = job.lease(main, bob);
        String other = bridge.connectTo(tenant);

        assertThat(revoked(Map.of("client", job.id, "connection", other))).isZero();
        assertThat(revoked(Map.of("client", job.id, "user", bob))).isOne();
        assertThat(state(bobs)).isEqualTo("revoked");
        assertThat(state(adas)).isEqualTo("active");
        assertThat(revoked(Map.of("client", job.id, "connection", main))).isOne();
        assertThat(state(adas)).isEqualTo("revoked");
    }

    @Test
    void revokeOfAClientThatWasDeletedEndsAlsoWhatWasSuperseded() {
        Job job = new Job(ada);
        String superseded = job.lease(main, ada);
        bridge.bean(JdbcClient.class)
                .sql("update lease set state = 'SUPERSEDED', superseded_at = now(), promised_until = expires_at"
                        + " where username = :user")
                .param("user", ada)
                .update();
        bridge.delete("/api/v1/clients/" + job.id).expect(204);
        assertThat(state(superseded)).isEqualTo("superseded");

        assertThat(revoked(Map.of("client", job.id))).isOne();

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deletingAClientRevokesWhatItWasHandedWhenAsked() {
        Job job = new Job(ada);
        String lease = job.lease(main, ada);

        bridge.delete("/api/v1/clients/" + job.id + "?revoke=true").expect(204);

        assertThat(state(lease)).isEqualTo("revoked");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void renewingASecretRevokesWhatTheClientWasHandedWhenAsked() {
        Job job = new Job(ada);
        String lease = job.lease(main, ada);
        bridge.send("POST", "/api/v1/clients/" + job.id + "/secret", null, bridge.adminToken())
                .expect(200);
        assertThat(state(lease)).isEqualTo("active");

        bridge.send("POST", "/api/v1/clients/" + job.id + "/secret?revoke=true", null, bridge.adminToken())
                .expect(200);

        assertThat(state(lease)).isEqualTo("revoked");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deletingAClientWhileTheTenantIsDownTakesWhatItWasHandedOutOfUse() {
        Job job = new Job(ada);
        String lease = job.lease(main, ada);
        tenant.before(request -> Optional.of(Faults.reset()));

        bridge.delete("/api/v1/clients/" + job.id + "?revoke=true").expect(204);

        assertThat(state(lease)).isEqualTo("revoking");
        tenant.before(request -> Optional.empty());
        assertThat(revoked(Map.of("client", job.id))).isOne();
    }

    @Test
    void revokeOfAClientThatNeverWasSaysSo() {
        Job job = new Job(ada);

        assertThat(revoked(Map.of("client", job.id))).isZero();
        bridge.post("/api/v1/leases/revoke", Map.of("client", job.id + "-not")).expectProblem(404, "client-not-found");
        bridge.post("/api/v1/leases/revoke", Map.of("client", "no id")).expectProblem(400, "invalid-request");
        bridge.post("/api/v1/leases/revoke", Map.of("client", "a\u0000b")).expectProblem(400, "invalid-request");
        bridge.delete("/api/v1/clients/" + job.id).expect(204);
        bridge.post("/api/v1/leases/revoke", Map.of("client", job.id)).expectProblem(404, "client-not-found");
    }

    private int revoked(Map<String, String> wish) {
        return bridge.post("/api/v1/leases/revoke", wish)
                .expect(200)
                .json()
                .path("revoked")
                .asInt();
    }

    /** A client that gets tokens for some users. */
    private final class Job {

        private final String id = Product.name("job");
        private final String token;

        Job(String... users) {
            String secret = bridge.post(
                            "/api/v1/clients",
                            Map.of("clientId", id, "scopes", List.of("bridge.tokens"), "users", List.of(users)))
                    .expect(201)
                    .json()
                    .path("secret")
                    .asString();
            token = bridge.accessToken(id, secret, null);
        }

        String lease(String connection, String user) {
            return bridge.send(
                            "POST",
                            "/api/v1/connections/" + connection + "/token",
                            "{\"user\": \"" + user + "\"}",
                            token)
                    .expect(200)
                    .json()
                    .path("leaseId")
                    .asString();
        }
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
