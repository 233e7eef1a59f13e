package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What was written stays, and what cannot be written down is not done. */
class AppendOnlyTests {

    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static Product bridge;
    private static JdbcClient database;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        bridge = Product.start(TestDatabase.fresh(), Map.of());
        database = bridge.bean(JdbcClient.class);
        transaction = new TransactionTemplate(bridge.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'nobody'",
                "update audit_event set actor = 'nobody' where false",
                "delete from audit_event",
                "truncate audit_event",
                "set local session_replication_role = replica; delete from audit_event"
            })
    void databaseRefusesToChangeWhatWasWritten(String change) {
        long before = events();

        assertThatThrownBy(() -> execute(change)).hasMessageContaining("audit_event is append-only");

        assertThat(before).isPositive();
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void actThatCannotBeAuditedIsNotDone() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            String path = "/api/v1/connections/" + main;
            bridge.post(path + "/signing-keys", generate("staged")).expect(201);
            String user = bridge.user(main, "audit|first");
            String id = bridge.get("/api/v1/users?username=" + user)
                    .json()
                    .at("/items/0/id")
                    .asString();
            String client = Product.name("client");
            bridge.post("/api/v1/clients", Map.of("clientId", client, "scopes", List.of("bridge.apps")))
                    .expect(201);
            String token =
                    bridge.token(main, user).expect(200).json().path("token").asString();
            List<String> before = everything();
            execute("alter table audit_event rename to audit_event_away");
            try {
                fails("PUT", "/api/v1/connections/new", AuditedActsTests.settings("P30D"));
                fails("PUT", path, AuditedActsTests.settings("P9D"));
                fails("POST", path + "/signing-keys", generate("more"));
                fails("POST", path + "/signing-keys/staged/activate", null);
                fails("DELETE", path + "/signing-keys/staged", null);
                fails("POST", "/api/v1/users", Map.of("username", "new"));
                fails("PUT", "/api/v1/users/" + id, Map.of("username", user, "enabled", false));
                fails("DELETE", "/api/v1/users/" + id, null);
                fails("POST", "/api/v1/clients", Map.of("clientId", "new", "scopes", List.of("bridge.apps")));
                fails("POST", "/api/v1/clients/" + client + "/secret", null);
                fails("DELETE", "/api/v1/clients/" + client, null);
                fails("POST", path + "/test", null);
                Product.Answer untold = fails("POST", path + "/token", Map.of("user", user));
                fails("DELETE", path + "?revoke=true", null);

                assertThat(untold.text()).doesNotContain(token);
            } finally {
                execute("alter table audit_event_away rename to audit_event");
            }
            assertThat(everything()).isEqualTo(before);
        }
    }

    /** A refusal is one, whether it can be written down or not. */
    @Test
    void refusalThatCannotBeAuditedIsStillOne() {
        execute("alter table audit_event rename to audit_event_away");
        try {
            bridge.delete("/api/v1/connections/nobody-knows-it").expectProblem(404, "connection-not-found");
        } finally {
            execute("alter table audit_event_away rename to audit_event");
        }
    }

    @Test
    void actThatIsRolledBackLeavesNoRow() {
        execute("""
                create function refuse_late() returns trigger language plpgsql as $$
                begin raise exception 'refused at the commit'; end $$
                """);
        execute("""
                create constraint trigger refuse_late after insert on connection deferrable initially deferred
                for each row execute function refuse_late()
                """);
        try {
            String connection = Product.name("late");
            fails("PUT", "/api/v1/connections/" + connection, AuditedActsTests.settings("P30D"));

            assertThat(new WrittenAudit(bridge).select("where connection = '" + connection + "'"))
                    .extracting(WrittenAudit.Row::action)
                    .containsExactly("request.refuse");
        } finally {
            execute("drop trigger refuse_late on connection");
        }
    }

    /** What the decision record tells an operator to do works, and leaves the table as it was. */
    @Test
    void operatorPrunesAsTheDecisionRecordSays() throws IOException {
        execute("""
                insert into audit_event (id, at, actor, action, outcome, details)
                values (gen_random_uuid(), now() - interval '900 days', 'bridge', 'lease.issue', 'success', '{}')
                """);
        long all = events();

        execute(pruning());

        assertThat(events()).isEqualTo(all - 1).isPositive();
        databaseRefusesToChangeWhatWasWritten("set local session_replication_role = replica; delete from audit_event");
    }

    private static String pruning() throws IOException {
        Matcher block = SQL.matcher(Files.readString(Path.of("docs/adr/0009-the-audit-is-part-of-the-act.md")));
        assertThat(block.find()).isTrue();
        String statements = block.group(1).strip();
        assertThat(statements).startsWith("begin;").endsWith("commit;");
        return statements.substring("begin;".length(), statements.length() - "commit;".length());
    }

    /** Statements as one transaction. */
    private static void execute(String sql) {
        transaction.executeWithoutResult(status -> database.sql(sql).update());
    }

    private static Product.Answer fails(String method, String path, Object body) {
        return bridge.send(method, path, body == null ? null : JSON.writeValueAsString(body), bridge.adminToken())
                .expectProblem(500, "internal");
    }

    /** All that an admin keeps. */
    private static List<String> everything() {
        return database.sql("""
                        select to_jsonb(c)::text from connection c
                        union all select to_jsonb(k)::text from signing_key k
                        union all select to_jsonb(s)::text from site_certificate s
                        union all select to_jsonb(u)::text from local_user u
                        union all select to_jsonb(m)::text from subject_mapping m
                        union all select to_jsonb(o)::text from oauth2_registered_client o
                        order by 1
                        """).query(String.class).list();
    }

    private static Map<String, Object> generate(String kid) {
        return Map.of("generate", Map.of("bits", 2048), "kid", kid);
    }

    private static long events() {
        return database.sql("select count(*) from audit_event")
                .query(Long.class)
                .single();
    }
}
