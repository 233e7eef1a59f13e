package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.SealedTable;
import io.qlikbridge.vault.TestVaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Leases of every state that a version before has left, before attempts to issue had a table of their own. */
class LeaseUpgradeTests {

    private static final String BEGINNING = "qlik-identity-bridge/00000000-0000-4000-8000-000000000fff/";

    private static SimulatedTenant tenant;
    private static Product bridge;
    private static JdbcClient database;

    @BeforeAll
    static void upgrade() throws IOException {
        tenant = SimulatedTenant.start();
        Map<String, Object> properties = TestDatabase.empty();
        DriverManagerDataSource before = new DriverManagerDataSource(
                (String) properties.get("spring.datasource.url"),
                (String) properties.get("spring.datasource.username"),
                (String) properties.get("spring.datasource.password"));
        database = JdbcClient.create(before);
        Flyway.configure()
                .dataSource(before)
                .locations("classpath:db/migration")
                .target("24")
                .load()
                .migrate();
        String dump = new ClassPathResource("upgrade/leases-24.sql")
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("${host}", tenant.url());
        for (Map.Entry<Integer, String> made : Map.of(1, "ada", 2, "ada", 3, "bob", 4, "cy", 5, "dan", 10, "hal")
                .entrySet()) {
            ApiKey key =
                    tenant.makeKey("hr|" + made.getValue(), BEGINNING + operation(made.getKey()), Duration.ofHours(10));
            dump = dump.replace("${key." + made.getKey() + "}", key.id())
                    .replace("${user." + made.getValue() + "}", key.userId());
        }
        database.sql(dump).update();
        seal();
        bridge = Product.start(properties, Map.of());
        String keys = "/api/v1/connections/main/signing-keys";
        bridge.post(keys, Map.of("generate", Map.of("bits", 2048), "kid", "main"))
                .expect(201);
        tenant.identityProvider(
                Product.ISSUER + "/main",
                "main",
                bridge.get(keys + "/main/certificate").expect(200).text());
    }

    private static void seal() {
        SealedTable table = new SealedTable(
                "lease", "id", "lease/", List.of("connection_id", "host", "for_user", "subject", "asserted"));
        database.sql("select * from lease where ciphertext is not null")
                .query()
                .listOfRows()
                .forEach(row -> {
                    Object[] bound = table.boundColumns().stream().map(row::get).toArray();
                    Sealed sealed = TestVaults.of(TestVaultKeys.K1)
                            .seal(tenant.tokenOf((String) row.get("qlik_key_id")), table.place(row.get("id"), bound));
                    database.sql("update lease set nonce = ?, ciphertext = ? where id = ?")
                            .params(sealed.nonce(), sealed.ciphertext(), row.get("id"))
                            .update();
                });
    }

    @AfterAll
    static void stop() {
        bridge.close();
        tenant.close();
    }

    @Test
    void everyLeaseIsListedInItsState() {
        assertThat(IntStream.of(1, 2, 5, 6, 7, 8, 9).mapToObj(LeaseUpgradeTests::state))
                .containsExactly("superseded", "active", "revoking", "failed", "revoked", "expired", "issuing");
        assertThat(IntStream.of(3, 4, 10).mapToObj(LeaseUpgradeTests::state))
                .as("in the background, or by another test")
                .allMatch(List.of("issuing", "failed", "revoking", "revoked")::contains);
        assertThat(shown(5).path("detail").asString()).isEqualTo("The tenant could not be reached.");
        assertThat(database.sql("select count(*) from lease").query(Long.class).single())
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    void whatWasTriedInVainIsTriedAgainWhenItWasToBe() {
        assertThat(row("""
                        select renewal_attempts = 2 and next_renewal_at > now() + interval '50 minutes'
                            and revocation_attempts = 0 and next_revocation_at is null from lease where id = :id
                        """, 2)).isTrue();
        assertThat(row("""
                        select revocation_attempts = 4 and next_revocation_at > now() + interval '50 minutes'
                            and renewal_attempts = 0 and next_renewal_at is null from lease where id = :id
                        """, 5)).isTrue();
        assertThat(row("""
                        select watched_until is null and next_look_at is null and failure = 'tenant-refused'
                        from issue_attempt where id = :id
                        """, 6)).isTrue();
    }

    @Test
    void leaseInUseIsUsedWithoutAnotherSignIn() {
        int keys = tenant.keysMade("hr|ada");
        int logins = tenant.loginsOf("hr|ada");

        JsonNode token = bridge.token("main", "ada").expect(200).json();

        assertThat(token.path("leaseId").asString()).isEqualTo(id(2));
        assertThat(token.path("token").asString())
                .isEqualTo(tenant.tokenOf(bridge.get("/api/v1/leases/" + id(2))
                        .json()
                        .path("qlikKeyId")
                        .asString()));
        assertThat(tenant.keysMade("hr|ada")).isEqualTo(keys);
        assertThat(tenant.loginsOf("hr|ada")).isEqualTo(logins);
    }

    @Test
    void attemptWhoseReplicaDiedIsOverAndItsKeyIsDeleted() {
        bridge.token("main", "bob").expect(200);

        assertThat(state(3)).isEqualTo("failed");
        assertOneKeyOfALease("hr|bob", 3);
    }

    @Test
    void keyOfAWatchedAttemptIsDeletedBeforeAnotherIsMade() {
        assertThat(row("""
                        select next_look_at between now() + interval '20 minutes' and now() + interval '30 minutes'
                            and watched_until > now() + interval '40 minutes' and looked_at < now()
                        from issue_attempt where id = :id
                        """, 4)).isTrue();

        bridge.token("main", "cy").expect(200);

        assertThat(row("select watched_until is null from issue_attempt where id = :id", 4))
                .isTrue();
        assertOneKeyOfALease("hr|cy", 4);
    }

    @Test
    void attemptUnderWayKeepsOthersFromIssuingUntilItIsEnded() {
        assertThat(row("select failed_at is null and deadline > now() from issue_attempt where id = :id", 9))
                .isTrue();
        assertThatThrownBy(() -> database.sql("""
                        insert into issue_attempt (id, operation, connection_id, user_id, username, subject, host, created_at,
                            deadline)
                        select gen_random_uuid(), gen_random_uuid(), connection_id, user_id, username, subject, host, now(), now()
                        from issue_attempt where username = 'gus'
                        """).update()).hasMessageContaining("issue_attempt_one_under_way");
    }

    @Test
    void keysOfThoseThatWereToBeEndedAreEndedAtTheTenant() {
        bridge.post("/api/v1/leases/revoke", Map.of("user", "hal")).expect(200);
        database.sql("update lease set next_revocation_at = now() where username = 'hal'")
                .update();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> state(10).equals("revoked"));
        assertThat(tenant.activeKeys("hr|hal")).isEmpty();
    }

    /** A replica that was not stopped does nothing by halves: whatever it asks about attempts is refused, what it only reads, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into lease (id, connection_id, username, subject, host, asserted, state, operation_id, claim_deadline,"
                        + " created_at) values (gen_random_uuid(), 'main', 'ada', 's', 'h', '', 'ISSUING', gen_random_uuid(), now(),"
                        + " now()) on conflict (connection_id, user_id) where state = 'ISSUING' do nothing",
                "update lease set claim_deadline = now() where id = gen_random_uuid() and state = 'ISSUING'",
                "update lease set state = 'FAILED' where state = 'ISSUING' and claim_deadline < clock_timestamp()",
                "delete from lease where id = gen_random_uuid() and state = 'ISSUING'",
                "select id from lease where id = gen_random_uuid() and state = 'ISSUING' for update",
                "update lease set watched_until = null, next_attempt_at = null where operation_id = gen_random_uuid()",
                "select exists (select 1 from lease where connection_id = 'main' and watched_until is not null)",
                "select operation_id from lease where operation_id = gen_random_uuid() and state in ('ISSUING', 'ACTIVE')",
                "select id from lease where user_id = gen_random_uuid() and state in ('ISSUING', 'ACTIVE', 'SUPERSEDED')",
                "select count(*) from lease where state = 'ISSUING' or watched_until is not null and swept_at is null",
                "select id, attempts from lease where state = 'ACTIVE' and next_attempt_at is null",
                "select id, attempts from lease where state = 'REVOKING'",
                "update lease set state = 'REVOKING', attempts = 0, next_attempt_at = now() where state = 'ACTIVE'",
                "update lease set state = 'REVOKED', next_attempt_at = null where state in ('REVOKING', 'SUPERSEDED')",
                "update lease set state = 'EXPIRED', next_attempt_at = null where expires_at <= now()",
                "delete from lease where state in ('REVOKED', 'EXPIRED', 'FAILED') and watched_until is null"
            })
    void statementOfTheVersionBeforeFails(String statement) {
        assertThatThrownBy(() -> database.sql(statement).query().listOfRows())
                .rootCause()
                .message()
                .matches("(?s)ERROR: (column \"\\w+\" (of relation \"lease\" )?does not exist"
                        + "|invalid input value for enum lease_state: \"(ISSUING|FAILED)\").*");
    }

    /** Users who have a key in use are served by such a replica. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select xmin, id, connection_id, for_user, subject, host, asserted, qlik_key_id, qlik_user_id, sealed_with, nonce,"
                        + " ciphertext, seal_form, issued_at, expires_at, promised_until, last_used_at from lease"
                        + " where connection_id = 'main' and user_id = gen_random_uuid() and state = 'ACTIVE'",
                "update lease set last_used_at = now() where id = gen_random_uuid() returning id",
                "update lease set promised_until = greatest(promised_until, now()) where id = gen_random_uuid()"
                        + " and state in ('ACTIVE', 'SUPERSEDED') returning id",
                "update lease set not_replaced_before = null where id = gen_random_uuid() returning id",
                "insert into lease_handed_out (client_id, lease_id, at) select 'job', id, now() from lease"
                        + " where id = gen_random_uuid() on conflict (client_id, lease_id) do update set at = excluded.at returning at"
            })
    void statementOfTheVersionBeforeAboutALeaseInUseGoesOn(String statement) {
        assertThat(database.sql(statement).query().listOfRows()).isEmpty();
    }

    private static void assertOneKeyOfALease(String subject, int orphan) {
        assertThat(tenant.activeKeys(subject))
                .singleElement()
                .extracting(ApiKey::description)
                .isNotEqualTo(BEGINNING + operation(orphan));
    }

    private static boolean row(String sql, int lease) {
        return database.sql(sql)
                .param("id", UUID.fromString(id(lease)))
                .query(Boolean.class)
                .single();
    }

    private static JsonNode shown(int lease) {
        return bridge.get("/api/v1/leases/" + id(lease)).expect(200).json();
    }

    private static String state(int lease) {
        return shown(lease).path("state").asString();
    }

    private static String id(int lease) {
        return "01980000-0000-7000-8000-0000000001%02x".formatted(lease);
    }

    private static String operation(int lease) {
        return "00000000-0000-4000-8000-0000000000%02x".formatted(lease);
    }
}
