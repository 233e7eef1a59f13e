package io.qlikbridge;

import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A version runs on the database of the next one: side by side during an upgrade, and after it was rolled back. */
class UpgradeTests {

    @Test
    void replicaOnTheDatabaseOfANewerVersionStartsAndServes() {
        Map<String, Object> database = TestDatabase.empty();
        try (SimulatedTenant tenant = SimulatedTenant.start();
                Product before = Product.start(database, Map.of())) {
            String connection = before.connectTo(tenant);
            tenant.apps("upgrade|ada", App.of("Sales report"));
            String ada = before.user(connection, "upgrade|ada");
            migrateFurther(before.bean(JdbcClient.class));

            before.apps(connection, ada).expect(200);
            try (Product older = Product.start(database, Map.of())) {
                older.apps(connection, ada).expect(200);
                older.token(connection, older.user(connection, "upgrade|bob")).expect(200);
            }
        }
    }

    /** What a version may do to the one before: add tables and columns. */
    private static void migrateFurther(JdbcClient database) {
        database.sql("create table of_a_newer_version (id uuid primary key)").update();
        List.of(
                        "connection",
                        "local_user",
                        "subject_mapping",
                        "signing_key",
                        "site_certificate",
                        "lease",
                        "issue_attempt",
                        "audit_event",
                        "tenant_setup",
                        "connection_check",
                        "import_file",
                        "access_token_key")
                .forEach(table -> database.sql("alter table " + table + " add column of_a_newer_version text")
                        .update());
        database.sql("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                        select max(installed_rank) + 1, '9999', 'of a newer version', 'SQL', 'V9999__of_a_newer_version.sql',
                            1, current_user, 1, true
                        from flyway_schema_history
                        """).update();
    }
}
