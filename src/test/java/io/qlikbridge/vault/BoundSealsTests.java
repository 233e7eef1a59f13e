package io.qlikbridge.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestVaultKeys;
import io.qlikbridge.resealing.Reseal;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Sealed rows of all tables, of this version and of those before, with somebody at work who can write to the database. */
@ResourceLock(Resources.SYSTEM_OUT)
class BoundSealsTests {

    private static final String EARLIER = "update vault_forms set bound_from = now() - interval '2 hours'";

    private static SimulatedTenant tenant;
    private static Product bridge;
    private static JdbcClient database;
    private static String main;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        bridge = Product.start(TestDatabase.fresh(), Map.of());
        database = bridge.bean(JdbcClient.class);
        main = bridge.connectTo(tenant);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        tenant.close();
    }

    @Test
    void leaseWhenItsRowIsGivenToAnotherUserDoesNotOpen() {
        String ada = bridge.user(main, "bound|ada");
        String eve = bridge.user(main, "bound|eve");
        String token = token(ada);

        database.sql("""
                        update lease set subject = 'bound|eve', username = :eve,
                            user_id = (select id from local_user where username = :eve),
                            for_user = (select id from local_user where username = :eve),
                            asserted = (select asserted from lease where username = :eve)
                        where username = :ada
                        """).param("eve", prepared(eve)).param("ada", ada).update();

        Product.Answer answer = bridge.token(main, eve).expectProblem(500, "internal");
        assertThat(answer.text()).doesNotContain(token);
        assertThat(bridge.apps(main, eve).status()).isEqualTo(500);
    }

    /** Her own lease is out of the way, and what was asserted of her is known. */
    private String prepared(String user) {
        token(user);
        database.sql("update lease set state = 'REVOKED' where username = :user")
                .param("user", user)
                .update();
        return user;
    }

    @Test
    void leaseWhenItsUserHasGoneIsStillEndedByItsOwnKey() {
        String ada = bridge.user(main, "bound|gone");
        token(ada);
        int logins = tenant.loginsOf("bound|gone");

        database.sql("delete from local_user where username = :ada")
                .param("ada", ada)
                .update();
        assertThat(bridge.post("/api/v1/leases/revoke", Map.of("user", ada))
                        .expect(200)
                        .json()
                        .path("revoked")
                        .asInt())
                .isOne();

        assertThat(tenant.activeKeys("bound|gone")).isEmpty();
        assertThat(tenant.loginsOf("bound|gone")).isEqualTo(logins);
    }

    @ParameterizedTest
    @CsvSource({"connection_id", "kid", "thumbprint"})
    void signingKeyWhenItsRowSaysSomethingElseDoesNotOpen(String column) {
        String own = bridge.connectTo(tenant);
        String other = Product.name("other");
        bridge.put(
                        "/api/v1/connections/" + other,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", "https://other.example.org"))
                .expect(201);
        String user = bridge.user(own, "bound|" + column);
        // a signer that is in memory is another key's from then on, too
        bridge.token(own, user).expect(200);
        bridge.post("/api/v1/leases/revoke", Map.of("connection", own)).expect(200);

        database.sql("update signing_key set " + column + " = :other where connection_id = :own")
                .param("other", other)
                .param("own", own)
                .update();

        String asked = column.equals("connection_id") ? other : own;
        bridge.token(asked, user).expectProblem(500, "internal");
    }

    @Test
    void rowsOfAnEarlierVersionOpenAreSealedAnewAndThenOpenNoMore(LogLines log) {
        Map<String, Object> earlier = TestDatabase.fresh();
        List<Map<String, Object>> kept = new ArrayList<>();
        String connection;
        String user;
        String token;
        try (Product before = Product.start(earlier, Map.of())) {
            connection = before.connectTo(tenant);
            user = before.user(connection, "bound|earlier");
            token = before.token(connection, user)
                    .expect(200)
                    .json()
                    .path("token")
                    .asString();
            asEarlier(
                    before.bean(JdbcClient.class),
                    before.beans(SealedTable.class).stream().toList());
            kept.addAll(before.bean(JdbcClient.class)
                    .sql("select id, nonce, ciphertext from lease")
                    .query()
                    .listOfRows());
        }
        try (Product now = Product.start(earlier, Map.of())) {
            JdbcClient jdbc = now.bean(JdbcClient.class);
            assertThat(now.bean(VaultCanaryStore.class).ofOldForm()).containsExactly("k1");
            assertThat(now.token(connection, user)
                            .expect(200)
                            .json()
                            .path("token")
                            .asString())
                    .isEqualTo(token);

            now.bean(Reseal.class).round(() -> false);

            assertThat(now.bean(SealedRowsStore.class).countOfOldForm()).isZero();
            assertThat(now.bean(VaultCanaryStore.class).ofOldForm())
                    .as("replicas of the earlier version may still be there")
                    .containsExactly("k1");
            assertThat(now.token(connection, user)
                            .expect(200)
                            .json()
                            .path("token")
                            .asString())
                    .isEqualTo(token);
            jdbc.sql(EARLIER).update();
            now.bean(Reseal.class).round(() -> false);
            assertThat(now.bean(VaultCanaryStore.class).ofOldForm()).isEmpty();
            assertThat(log.all()).contains("what earlier versions sealed opens no more");

            // from a copy of the database of that time
            Map<String, Object> copy = kept.getFirst();
            jdbc.sql("update lease set seal_form = 1, nonce = ?, ciphertext = ? where id = ?")
                    .params(copy.get("nonce"), copy.get("ciphertext"), copy.get("id"))
                    .update();
            now.token(connection, user).expectProblem(500, "internal");
        }
        try (Product restarted = Product.start(earlier, Map.of())) {
            restarted.token(connection, user).expectProblem(500, "internal");
        }
    }

    @Test
    void sealsAreCountedAndTooManyAreWarnedOfOnce(LogLines log) {
        bridge.bean(SealCount.class).write();
        long before = sealsShown().path("seals").asLong();
        assertThat(sealsShown().path("warning").isNull()).isTrue();
        bridge.bean(Vault.class).seal("a secret", "letter/1");
        bridge.bean(SealCount.class).write();
        assertThat(sealsShown().path("seals").asLong()).isGreaterThan(before);

        database.sql("update vault_canary set seals = 2147483648").update();
        for (int time = 0; time < 2; time++) {
            bridge.bean(Vault.class).seal("a secret", "letter/1");
            bridge.bean(SealCount.class).write();
        }

        assertThat(sealsShown().path("warning").asString()).contains("k1", "put a new vault key in front of it");
        assertThat(log.all().split("must not seal more than", -1)).hasSize(2);
        database.sql("update vault_canary set seals = 0").update();
    }

    private static JsonNode sealsShown() {
        return bridge.get("/api/v1/vault").expect(200).json().path("keys").path(0);
    }

    /** The database as a version before has left it: sealed for the rows alone, and without what came since. */
    private static void asEarlier(JdbcClient jdbc, List<SealedTable> tables) {
        Vault both = new Vault(VaultKeyReader.read(new VaultProperties(TestVaultKeys.K1, null)), Set.of("k1"));
        for (SealedTable table : tables) {
            String columns = String.join(", ", table.boundColumns());
            jdbc.sql("select " + table.idColumn() + " as its_id, sealed_with, nonce, ciphertext, " + columns + " from "
                            + table.table() + " where ciphertext is not null")
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        Object[] bound =
                                table.boundColumns().stream().map(row::get).toArray();
                        Place place = table.place(row.get("its_id"), bound);
                        byte[] secret = both.open(
                                new Sealed("k1", (byte[]) row.get("nonce"), (byte[]) row.get("ciphertext"), 2), place);
                        Sealed old = both.sealForRow(secret, place.row());
                        assertThatExceptionOfType(CannotOpen.class)
                                .isThrownBy(() -> both.open(
                                        new Sealed(old.sealedWith(), old.nonce(), old.ciphertext(), 2), place));
                        jdbc.sql("update " + table.table() + " set nonce = ?, ciphertext = ?, seal_form = 1 where "
                                        + table.idColumn() + " = ?")
                                .params(old.nonce(), old.ciphertext(), row.get("its_id"))
                                .update();
                    });
        }
        Sealed canary = both.sealForRow("The canary sings.".getBytes(UTF_8), "vault_canary/k1");
        jdbc.sql("update vault_canary set nonce = ?, ciphertext = ?, seal_form = 1")
                .params(canary.nonce(), canary.ciphertext())
                .update();
    }

    private static String token(String user) {
        return bridge.token(main, user).expect(200).json().path("token").asString();
    }
}
