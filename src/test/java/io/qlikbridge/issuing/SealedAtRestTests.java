package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class SealedAtRestTests {

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
    void tokenWhenItsCiphertextIsCopiedToAnotherRowDoesNotOpenThere() {
        tenant.apps("sealed|bob", App.of("Of bob alone"));
        String ada = bridge.user(main, "sealed|ada");
        String bob = bridge.user(main, "sealed|bob");
        UUID adas = lease(ada);
        UUID bobs = lease(bob);

        int moved = database.sql("""
                        update lease a set sealed_with = b.sealed_with, nonce = b.nonce, ciphertext = b.ciphertext
                        from lease b where a.id = :ada and b.id = :bob
                        """).param("ada", adas).param("bob", bobs).update();

        assertThat(moved).isOne();
        Product.Answer answer = bridge.apps(main, ada).expectProblem(500, "internal");
        assertThat(answer.text()).doesNotContain("Of bob alone", "lease/");
        bridge.token(main, ada).expectProblem(500, "internal");
        bridge.apps(main, bob).expect(200);
    }

    @Test
    void databaseHoldsNoSecretInPlainForm() {
        String user = bridge.user(main, "sealed|dump");
        String token = bridge.token(main, user).expect(200).json().path("token").asString();
        JsonNode client = bridge.post(
                        "/api/v1/clients",
                        Map.of(
                                "clientId",
                                Product.name("dump"),
                                "scopes",
                                List.of("bridge.apps"),
                                "users",
                                List.of("*")))
                .expect(201)
                .json();
        String accessToken = bridge.accessToken(
                client.path("clientId").asString(), client.path("secret").asString(), null);

        String dump = dump();

        assertThat(dump).contains("sealed|dump");
        for (String secret : List.of(token, client.path("secret").asString(), accessToken, bridge.adminToken())) {
            assertThat(dump).doesNotContain(secret);
            assertThat(dump).doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(dump).doesNotContain("PRIVATE KEY");
    }

    private static UUID lease(String user) {
        return UUID.fromString(
                bridge.token(main, user).expect(200).json().path("leaseId").asString());
    }

    /** Every row of every table, as PostgreSQL writes it; bytes in hexadecimal. */
    private static String dump() {
        StringBuilder dump = new StringBuilder();
        List<String> tables = database.sql("select tablename from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list();
        for (String table : tables) {
            database.sql("select t::text from \"" + table + "\" t")
                    .query(String.class)
                    .list()
                    .forEach(row -> dump.append(row).append('\n'));
        }
        return dump.toString();
    }
}
