package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.audit.WrittenAudit.Act;
import io.qlikbridge.audit.WrittenAudit.Row;
import io.qlikbridge.auditlog.Action;
import io.qlikbridge.claim.LeaseNotIssued;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuing.LeaseIssued;
import io.qlikbridge.lease.LeaseEnded;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.orphan.OrphanDeleted;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** What was done leaves exactly its row. */
@OneAtATime
class AuditedActsTests {

    private static final Product bridge = Product.undisturbed();
    private static final WrittenAudit audit = new WrittenAudit(bridge);
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
    void connectionsAreAuditedFromTheirMakingToTheirEnd() {
        String connection = Product.name("audited");
        String path = "/api/v1/connections/" + connection;

        Act created = audit.asAdmin("PUT", path, settings("P30D")).expect(201);
        Act updated = audit.asAdmin("PUT", path, settings("P20D")).expect(200);
        Act deleted = audit.asAdmin("DELETE", path, null).expect(204);

        assertRow(created, "connection.create", connection, null);
        assertRow(updated, "connection.update", connection, null);
        assertThat(updated.row().details().toString()).isEqualTo("{\"changed\":[\"apiKeyExpiry\"]}");
        assertRow(deleted, "connection.delete", connection, null);
    }

    @Test
    void signingKeysAreAudited() {
        String connection = Product.name("audited");
        bridge.put("/api/v1/connections/" + connection, settings("P30D")).expect(201);
        String path = "/api/v1/connections/" + connection + "/signing-keys";

        Act first = audit.asAdmin("POST", path, generate("one")).expect(201);
        Act second = audit.asAdmin("POST", path, generate("two")).expect(201);
        Act activated = audit.asAdmin("POST", path + "/two/activate", null).expect(200);
        Act deleted = audit.asAdmin("DELETE", path + "/one", null).expect(204);

        assertRow(first, "signing-key.create", connection, null);
        assertThat(first.row().details().toString()).isEqualTo("{\"kid\":\"one\",\"state\":\"active\"}");
        assertThat(second.row().detail("state")).isEqualTo("staged");
        assertRow(activated, "signing-key.activate", connection, null);
        assertThat(activated.row().detail("kid")).isEqualTo("two");
        assertRow(deleted, "signing-key.delete", connection, null);
        assertThat(deleted.row().detail("kid")).isEqualTo("one");
    }

    @Test
    void usersAreAuditedUnderTheNamesTheyHad() {
        String name = Product.name("audited");
        String other = Product.name("renamed");

        Act created =
                audit.asAdmin("POST", "/api/v1/users", Map.of("username", name)).expect(201);
        String id = created.answer().json().path("id").asString();
        Act updated = audit.asAdmin(
                        "PUT",
                        "/api/v1/users/" + id,
                        Map.of("username", other, "name", "Ada", "subjects", Map.of(main, "a|1")))
                .expect(200);
        Act deleted = audit.asAdmin("DELETE", "/api/v1/users/" + id, null).expect(204);

        assertRow(created, "user.create", null, name);
        assertThat(created.row().detail("userId")).isEqualTo(id);
        assertRow(updated, "user.update", null, other);
        assertThat(updated.row().details().path("changed").toString())
                .isEqualTo("[\"username\",\"name\",\"subjects\"]");
        assertThat(updated.row().detail("formerUsername")).isEqualTo(name);
        assertThat(updated.row().details().path("enabled").asBoolean()).isTrue();
        // disabled first, so that nothing is issued meanwhile
        assertThat(deleted.rows()).extracting(Row::action).containsExactly("user.update", "user.delete");
        assertThat(deleted.row(Action.USER_UPDATE).details().path("changed").toString())
                .isEqualTo("[\"enabled\"]");
        assertThat(deleted.row(Action.USER_DELETE).user()).isEqualTo(other);
    }

    @Test
    void usersOfAnImportAreAuditedOneByOne() {
        String ada = Product.name("imported");
        String bob = Product.name("imported");
        importing("username,name,groups\n%s,Ada,Finance\n%s,Bob,\n".formatted(ada, bob), 3);

        Act act = importing("username,name,groups\n%s,Ada L.,Finance;Board\n%s,Bob,\n".formatted(ada, bob), 2);

        Row row = act.row(Action.USER_UPDATE);
        assertThat(row.user()).isEqualTo(ada);
        assertThat(row.actor()).isEqualTo("client:admin");
        assertThat(row.details().path("changed")).hasToString("[\"name\",\"groups\"]");
        assertThat(row.details().path("before").path("groups")).hasToString("[\"Finance\"]");
        assertThat(row.details().path("after").path("groups")).hasToString("[\"Finance\",\"Board\"]");
        assertThat(row.details().path("after").propertyNames())
                .containsExactlyInAnyOrder("enabled", "emailVerified", "groups", "subjects");
        assertThat(act.row(Action.USER_IMPORT).details().path("updated").asInt())
                .isOne();
    }

    @Test
    void usersAreAuditedWithWhatTheyWereAndAre() {
        String name = Product.name("audited");
        Act created = audit.asAdmin("POST", "/api/v1/users", Map.of("username", name, "groups", List.of("Finance")));
        String path = created.answer().header("Location");
        Act updated = audit.asAdmin("PUT", path, Map.of("username", name, "enabled", false));
        Act deleted = audit.asAdmin("DELETE", path, null);

        assertThat(created.row().details().path("after").path("groups")).hasToString("[\"Finance\"]");
        assertThat(updated.row().details().path("before").path("groups")).hasToString("[\"Finance\"]");
        assertThat(updated.row().details().path("after").path("enabled").asBoolean(true))
                .isFalse();
        assertThat(deleted.row(Action.USER_DELETE)
                        .details()
                        .path("before")
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
    }

    private Act importing(String file, int rows) {
        Act act = audit.importing(file).expect(200);
        assertThat(act.rows()).hasSize(rows);
        return act;
    }

    @Test
    void clientsAreAudited() {
        String client = Product.name("audited");

        Act created = audit.asAdmin(
                        "POST",
                        "/api/v1/clients",
                        Map.of(
                                "clientId",
                                client,
                                "scopes",
                                List.of("bridge.tokens"),
                                "users",
                                List.of("ada", "group:Finance")))
                .expect(201);
        Act renewed = audit.asAdmin("POST", "/api/v1/clients/" + client + "/secret", null)
                .expect(200);
        Act deleted = audit.asAdmin("DELETE", "/api/v1/clients/" + client, null).expect(204);

        assertRow(created, "client.create", null, null);
        assertThat(created.row().details().path("users").toString()).isEqualTo("[\"ada\",\"group:Finance\"]");
        assertThat(created.row().details().path("scopes").toString()).isEqualTo("[\"bridge.tokens\"]");
        assertRow(renewed, "client.renew-secret", null, null);
        assertThat(renewed.row().detail("clientId")).isEqualTo(client);
        assertRow(deleted, "client.delete", null, null);
        assertThat(deleted.row().detail("clientId")).isEqualTo(client);
    }

    @Test
    void connectionTestsAreAuditedWhetherTheyPassOrNot() {
        String broken = Product.name("audited");
        bridge.put("/api/v1/connections/" + broken, settings("P30D")).expect(201);
        String user = bridge.user(main, "audit|tested");

        Act passed = audit.asAdmin("POST", "/api/v1/connections/" + main + "/test", Map.of("user", user))
                .expect(200);
        Act failed = audit.asAdmin("POST", "/api/v1/connections/" + broken + "/test", null)
                .expect(200);

        Row row = passed.row(Action.CONNECTION_TEST);
        assertThat(List.of(
                        row.connection(),
                        row.user(),
                        row.outcome(),
                        row.details().toString()))
                .containsExactly(main, user, "success", "{}");
        assertThat(failed.row().outcome()).isEqualTo("failure");
        assertThat(failed.row().connection()).isEqualTo(broken);
        assertThat(failed.row().details().path("failed").get(0).asString()).isEqualTo("signing-key");
    }

    @Test
    void adminsSignInsAreAuditedAndWrongSecretsOnce() {
        String job = Product.name("audited");
        String secret = bridge.post("/api/v1/clients", Map.of("clientId", job, "scopes", List.of("bridge.admin")))
                .expect(201)
                .json()
                .path("secret")
                .asString();

        bridge.accessToken(job, secret, "bridge.admin");
        for (int wrong = 0; wrong < 3; wrong++) {
            assertThatThrownBy(() -> bridge.accessToken(job, "wrong-" + secret, null));
        }

        List<Row> rows = audit.select("where action = 'client.sign-in' and details ->> 'clientId' = '" + job + "'");
        assertThat(rows)
                .extracting(row -> row.actor() + " " + row.outcome())
                .containsExactly("client:" + job + " success", "bridge failure");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.detail("address")).isNotNull();
            assertThat(row.details().toString()).doesNotContain(secret);
        });
    }

    @Test
    void everyTokenHandedOutIsAuditedWithItsTaker() {
        String user = bridge.user(main, "audit|taker");
        String job = Product.name("job");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", job, "scopes", List.of("bridge.tokens"), "users", List.of(user)))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        String jobToken = bridge.accessToken(job, secret, null);
        String path = "/api/v1/connections/" + main + "/token";
        Instant before = Instant.now();

        Act first = audit.as(jobToken, "POST", path, Map.of("user", user)).expect(200);
        Act second = audit.as(jobToken, "POST", path, Map.of("user", user, "minValidity", "PT2H"))
                .expect(200);

        Row row = first.row(Action.TOKEN_HAND_OUT);
        assertThat(row.actor()).isEqualTo("client:" + job);
        assertThat(row.connection()).isEqualTo(main);
        assertThat(row.user()).isEqualTo(user);
        assertThat(row.outcome()).isEqualTo("success");
        assertThat(row.request()).isEqualTo(first.request());
        assertThat(row.detail("leaseId"))
                .isEqualTo(first.answer().json().path("leaseId").asString());
        assertThat(row.detail("subject")).isEqualTo("audit|taker");
        assertThat(row.detail("expiresAt"))
                .isEqualTo(first.answer().json().path("expiresAt").asString());
        assertThat(row.details().has("promisedUntil")).isFalse();
        assertThat(Instant.parse(second.row(Action.TOKEN_HAND_OUT).detail("promisedUntil")))
                .isBetween(before.plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(2)));
    }

    @Test
    void leasesAreAuditedByTheBridgeInTheBackground() {
        String user = Product.name("leased");
        ConnectionId connection = new ConnectionId(main);
        Username username = new Username(user);
        UUID lease = UUID.randomUUID();
        Instant expiry = Instant.parse("2026-12-01T00:00:00Z");

        publish(new LeaseIssued(lease, connection, username, "hr|1", "key-1", expiry, false));
        publish(new LeaseIssued(lease, connection, username, "hr|1", "key-2", expiry, true));
        publish(new LeaseNotIssued(connection, username, "hr|1", ProblemCode.ASSERTION_REFUSED, true));
        publish(new LeaseEnded(lease, connection, username, LeaseState.REVOKING, "by an admin"));
        publish(new LeaseEnded(lease, connection, username, LeaseState.REVOKED, "by an admin"));
        publish(new OrphanDeleted(connection, username, "hr|1", "key-3"));

        List<Row> rows = audit.select("where username = '" + user + "'");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.actor()).isEqualTo("bridge");
            assertThat(row.request()).isNull();
            assertThat(row.connection()).isEqualTo(main);
        });
        assertThat(rows)
                .extracting(row -> row.action() + " " + row.outcome() + " " + row.details())
                .containsExactly(
                        "lease.issue success " + issued(lease, "key-1"),
                        "lease.renew success " + issued(lease, "key-2"),
                        "lease.renew failure {\"code\":\"assertion-refused\",\"subject\":\"hr|1\"}",
                        "lease.revoke success {\"state\":\"revoking\",\"reason\":\"by an admin\",\"leaseId\":\"" + lease
                                + "\"}",
                        "lease.revoke success {\"state\":\"revoked\",\"reason\":\"by an admin\",\"leaseId\":\"" + lease
                                + "\"}",
                        "lease.orphan-delete success {\"subject\":\"hr|1\",\"qlikKeyId\":\"key-3\"}");
    }

    @Test
    void actsOfTheStartAreAuditedAsTheBridges() {
        Row first = audit.select("where action = 'client.create' and details @> '{\"clientId\": \"admin\"}'")
                .getFirst();

        assertThat(first.actor()).isEqualTo("bridge");
        assertThat(first.request()).isNull();
    }

    private static String issued(UUID lease, String key) {
        return "{\"leaseId\":\"" + lease
                + "\",\"subject\":\"hr|1\",\"expiresAt\":\"2026-12-01T00:00:00Z\",\"qlikKeyId\":\"" + key + "\"}";
    }

    private static void publish(Object event) {
        bridge.bean(ApplicationEventMulticaster.class)
                .multicastEvent(new PayloadApplicationEvent<>(AuditedActsTests.class, event));
    }

    /** An admin's success, told once. */
    private static void assertRow(Act act, String action, String connection, String user) {
        Row row = act.row();
        assertThat(row.action()).isEqualTo(action);
        assertThat(row.actor()).isEqualTo("client:admin");
        assertThat(row.connection()).isEqualTo(connection);
        assertThat(row.user()).isEqualTo(user);
        assertThat(row.outcome()).isEqualTo("success");
        assertThat(row.request()).isEqualTo(act.request());
    }

    static Map<String, Object> settings(String expiry) {
        return new HashMap<>(Map.of(
                "type",
                "qlik-cloud",
                "host",
                "http://127.0.0.1:9",
                "issuer",
                "https://bridge.example.org",
                "apiKeyExpiry",
                expiry));
    }

    private static Map<String, Object> generate(String kid) {
        return Map.of("generate", Map.of("bits", 2048), "kid", kid);
    }
}
