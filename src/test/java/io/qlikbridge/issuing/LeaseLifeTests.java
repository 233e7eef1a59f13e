package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Leases from claim to end, as an admin and the tenant see them. */
class LeaseLifeTests {

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
    void leaseShowsWhatWasIssuedAndNoToken() {
        JsonNode token = bridge.token(main, ada).expect(200).json();

        Answer answer =
                bridge.get("/api/v1/leases/" + token.path("leaseId").asString()).expect(200);

        JsonNode lease = answer.json();
        assertThat(lease.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "connection",
                        "user",
                        "subject",
                        "qlikUserId",
                        "qlikKeyId",
                        "state",
                        "issuedAt",
                        "expiresAt",
                        "renewAt",
                        "lastUsedAt",
                        "detail");
        assertThat(lease.path("connection").asString()).isEqualTo(main);
        assertThat(lease.path("user").asString()).isEqualTo(ada);
        assertThat(lease.path("subject").asString()).isEqualTo("hr|4711");
        assertThat(lease.path("state").asString()).isEqualTo("active");
        assertThat(lease.path("qlikKeyId").asString())
                .isEqualTo(tenant.activeKeys("hr|4711").getFirst().id());
        Instant issued = Instant.parse(lease.path("issuedAt").asString());
        assertThat(Duration.between(issued, Instant.parse(lease.path("renewAt").asString())))
                .isBetween(Duration.ofHours(18), Duration.ofMinutes(19 * 60 + 12));
        assertThat(answer.text()).doesNotContain(token.path("token").asString());
    }

    @Test
    void listFiltersAndPages() {
        bridge.token(main, ada).expect(200);
        String bob = bridge.user(main, "hr|4712");
        bridge.token(main, bob).expect(200);

        JsonNode first = list("connection=" + main + "&limit=1");
        JsonNode second = list(
                "connection=" + main + "&limit=1&after=" + first.path("next").asString());

        assertThat(first.path("items").findValuesAsString("user")).containsExactly(ada);
        assertThat(second.path("items").findValuesAsString("user")).containsExactly(bob);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(list("connection=" + main + "&user=" + bob).path("items").size())
                .isOne();
        assertThat(list("connection=" + main + "&state=active").path("items").size())
                .isEqualTo(2);
        assertThat(list("connection=" + main + "&state=failed").path("items").size())
                .isZero();
        assertThat(list("connection=" + main + "&expiresBefore=2100-01-01T00:00:00Z")
                        .path("items")
                        .size())
                .isEqualTo(2);
        assertThat(list("connection=" + main + "&expiresBefore=2001-01-01T00:00:00Z")
                        .path("items")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"state=alive", "expiresBefore=tomorrow", "after=AAAA", "limit=0", "user=%00", "connection=%00"})
    void listWhenQueryIsWrongSaysSo(String query) {
        bridge.get("/api/v1/leases?" + query).expectProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01a1ffae-99ac-7562-af7c-feceba3cf1bc", "no-uuid"})
    void leaseWhenThereIsNoneSaysSo(String id) {
        bridge.get("/api/v1/leases/" + id).expectProblem(404, "lease-not-found");
    }

    @Test
    void claimWhenItsOwnerDiedIsTakenOverAfterItsDeadline() {
        insertClaim("clock_timestamp() - interval '1 second'");

        bridge.apps(main, ada).expect(200);

        assertThat(list("connection=" + main).path("items").findValuesAsString("state"))
                .containsExactly("failed", "active");
    }

    @Test
    void claimWhileItsDeadlineLastsMakesOthersWait() throws Exception {
        insertClaim("clock_timestamp() + interval '2 seconds'");
        long start = System.nanoTime();

        bridge.apps(main, ada).expect(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1500));
        assertThat(tenant.keysMade()).isOne();
    }

    @Test
    void failureIsNotedAndTheNextRequestTriesAgain() {
        tenant.before(
                request -> request.getUrl().startsWith("/login/") ? Optional.of(Faults.html(503)) : Optional.empty());
        bridge.apps(main, ada).expectProblem(502, "tenant-refused");
        tenant.before(request -> Optional.empty());

        bridge.apps(main, ada).expect(200);

        assertThat(list("connection=" + main).path("items").findValuesAsString("state"))
                .containsExactly("failed", "active");
    }

    @Test
    void failuresThatLeftNothingAtTheTenantAreKeptOnceAndOthersEach() {
        tenant.before(
                request -> request.getUrl().startsWith("/login/") ? Optional.of(Faults.reset()) : Optional.empty());
        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");
        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");
        assertThat(list("connection=" + main).path("items").size()).isOne();

        tenant.before(request -> Optional.empty());
        tenant.after((request, answer) -> request.getUrl().equals("/api/v1/api-keys") ? Faults.reset() : answer);
        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");
        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");

        // the first was found and deleted before the second was made
        assertThat(tenant.keysMade("hr|4711")).isEqualTo(2);
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        assertThat(bridge.bean(JdbcClient.class)
                        .sql("select count(*) from issue_attempt where username = :user and watched_until is not null")
                        .param("user", ada)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void disablingAUserEndsTheKeysAtTheTenant() {
        bridge.token(main, ada).expect(200);
        String id = userId();

        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "enabled", false))
                .expect(200);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(list("connection=" + main).path("items").findValuesAsString("state"))
                .containsExactly("revoked");
        bridge.token(main, ada).expectProblem(403, "user-disabled");
    }

    @Test
    void deletingAUserEndsTheKeysAtTheTenant() {
        bridge.token(main, ada).expect(200);

        bridge.delete("/api/v1/users/" + userId()).expect(204);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(list("connection=" + main).path("items").findValuesAsString("state"))
                .containsExactly("revoked");
        bridge.token(main, ada).expectProblem(404, "user-not-found");
    }

    @Test
    void disablingAUserWhileTheTenantIsDownTakesTheLeaseOutOfUseAllTheSame() {
        bridge.token(main, ada).expect(200);
        tenant.before(request -> Optional.of(Faults.reset()));

        bridge.put("/api/v1/users/" + userId(), Map.of("username", ada, "enabled", false))
                .expect(200);

        assertThat(list("connection=" + main).path("items").findValuesAsString("state"))
                .containsExactly("revoking");
        bridge.token(main, ada).expectProblem(403, "user-disabled");
    }

    @Test
    void disablingAUserWhileAKeyIsBeingIssuedLeavesNoKeyBehind() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch disabled = new CountDownLatch(1);
        tenant.after((request, answer) -> {
            if (request.getUrl().equals("/api/v1/api-keys")
                    && request.getMethod().value().equals("POST")) {
                asked.countDown();
                await(disabled);
            }
            return answer;
        });
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Answer> token = thread.submit(() -> bridge.token(main, ada));
            asked.await();
            bridge.put("/api/v1/users/" + userId(), Map.of("username", ada, "enabled", false))
                    .expect(200);
            disabled.countDown();

            assertThat(token.get().status()).isNotEqualTo(200);
        }
        assertThat(tenant.keysMade("hr|4711")).isOne();
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void issuingWhenTheUserWasDisabledAfterItWasReadMakesNoKey() {
        Connection connection = bridge.bean(Connections.class).of(new ConnectionId(main));
        Subject read = new Subject(bridge.bean(LocalUsers.class).of(new Username(ada)), "hr|4711");
        bridge.put("/api/v1/users/" + userId(), Map.of("username", ada, "enabled", false))
                .expect(200);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> bridge.bean(Leases.class).of(connection, read))
                .extracting(BridgeException::code)
                .isEqualTo(ProblemCode.USER_DISABLED);
        assertThat(tenant.logins()).isZero();
        assertThat(list("connection=" + main).path("items").size()).isZero();
    }

    @Test
    void revocationNeverGoesWithoutNamingWhat() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LeaseScope(null, null, null, null, null));
    }

    @Test
    void keyWhenTheTenantRefusesNewOnesTooIsNotReplacedAgainAndAgain() {
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items")
                ? Optional.of(Faults.error(401, "NOT-YOU", "Not you"))
                : Optional.empty());

        for (int request = 0; request < 5; request++) {
            bridge.apps(main, ada).expectProblem(502, "tenant-refused");
        }

        assertThat(tenant.keysMade("hr|4711")).isEqualTo(2);
    }

    @Test
    void keyThatLastsNoLongerThanTheMarginIsUsedAllTheSame() {
        String brief = bridge.connectTo(tenant, Map.of("apiKeyExpiry", "PT90S"));
        String user = bridge.user(brief, "brief");
        bridge.token(brief, user).expect(200);
        bridge.bean(JdbcClient.class)
                .sql("update lease set issued_at = issued_at - interval '40 seconds',"
                        + " expires_at = expires_at - interval '40 seconds' where username = :user")
                .param("user", user)
                .update();

        bridge.token(brief, user).expect(200);

        assertThat(tenant.keysMade("brief")).isOne();
    }

    @Test
    void leaseWhenAGroupIsTakenAwayIsAnother() {
        String id = userId();
        Map<String, Object> body =
                Map.of("username", ada, "groups", List.of("Finance", "Readers"), "subjects", Map.of(main, "hr|4711"));
        bridge.put("/api/v1/users/" + id, body).expect(200);
        String before =
                bridge.token(main, ada).expect(200).json().path("leaseId").asString();

        bridge.put(
                        "/api/v1/users/" + id,
                        Map.of("username", ada, "groups", List.of("Readers"), "subjects", Map.of(main, "hr|4711")))
                .expect(200);
        String after =
                bridge.token(main, ada).expect(200).json().path("leaseId").asString();

        assertThat(after).isNotEqualTo(before);
        assertThat(tenant.assertions().getLast().claims()).containsEntry("groups", List.of("Readers"));
    }

    @Test
    void subjectThatAnotherUserIsMappedToIsNotMadeByATemplate() {
        String pretender = "hr|4711";
        bridge.post("/api/v1/users", Map.of("username", pretender + main)).expect(201);
        bridge.put("/api/v1/users/" + userId(), Map.of("username", ada, "subjects", Map.of(main, pretender + main)))
                .expect(200);

        bridge.token(main, pretender + main).expectProblem(404, "subject-not-mapped");
        bridge.token(main, ada).expect(200);
    }

    @Test
    void deletingAConnectionInUseIsRefusedUnlessItsKeysAreRevoked() {
        bridge.token(main, ada).expect(200);

        bridge.delete("/api/v1/connections/" + main).expectProblem(409, "conflict");
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        bridge.delete("/api/v1/connections/" + main + "?revoke=true").expect(204);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        bridge.get("/api/v1/connections/" + main).expectProblem(404, "connection-not-found");
    }

    @Test
    void deletingAConnectionWhileItsTenantIsDownKeepsIt() {
        bridge.token(main, ada).expect(200);
        tenant.before(request -> Optional.of(Faults.reset()));

        bridge.delete("/api/v1/connections/" + main + "?revoke=true").expectProblem(503, "tenant-unreachable");

        bridge.get("/api/v1/connections/" + main).expect(200);
    }

    @Test
    void leaseAndItsPartsPrintNoToken() {
        JsonNode token = bridge.token(main, ada).expect(200).json();
        Lease held = bridge.bean(LeaseStore.class)
                .active(LeaseKey.of(
                        bridge.bean(Connections.class).of(new ConnectionId(main)),
                        new Subject(bridge.bean(LocalUsers.class).of(new Username(ada)), "hr|4711")))
                .orElseThrow();

        assertThat(held.credential().token()).isEqualTo(token.path("token").asString());
        assertThat(held.toString()).doesNotContain(token.path("token").asString());
    }

    private void insertClaim(String deadline) {
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into issue_attempt (id, connection_id, user_id, username, subject, host, operation, deadline,
                            created_at)
                        values ('00000000-0000-7000-8000-%s', :connection, :user, :username, 'hr|4711', 'http://x',
                            gen_random_uuid(), %s, now())
                        """.formatted(String.format("%012x", System.nanoTime() & 0xffffffffffffL), deadline))
                .param("connection", main)
                .param("user", UUID.fromString(userId()))
                .param("username", ada)
                .update();
    }

    private String userId() {
        return bridge.get("/api/v1/users?username=" + ada)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
    }

    private JsonNode list(String query) {
        return bridge.get("/api/v1/leases?" + query).expect(200).json();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
