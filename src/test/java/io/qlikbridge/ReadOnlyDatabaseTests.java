package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The database is read-only after its connections were cut, as after a failover, and takes changes again later. */
class ReadOnlyDatabaseTests {

    private final Map<String, Object> database = TestDatabase.fresh();

    @Test
    void changesWhileTheDatabaseTakesNoneAreTooBusyAndGoOnAfterwards() {
        try (Product bridge = Product.start(database, Map.of())) {
            String name = url().substring(url().lastIndexOf('/') + 1);
            bridge.adminToken();
            elsewhere("alter database " + name + " set default_transaction_read_only = on");
            elsewhere("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");

            for (int time = 0; time < 4; time++) {
                Product.Answer refused = put(bridge).expectProblem(503, "too-busy");
                assertThat(refused.header("Retry-After")).isNotEmpty();
            }
            assertThat(bridge.send("GET", "/actuator/health/readiness", null, null)
                            .status())
                    .isEqualTo(503);

            elsewhere("alter database " + name + " reset default_transaction_read_only");

            Awaitility.await()
                    .until(() -> bridge.send("GET", "/actuator/health/readiness", null, null)
                                    .status()
                            == 200);
            // a connection that the pool made in between may be of the time before, and is given up by its first change
            Awaitility.await().untilAsserted(() -> put(bridge).expect(201));
        }
    }

    private static Product.Answer put(Product bridge) {
        return bridge.put(
                "/api/v1/connections/" + Product.name("read-only"),
                Map.of("type", "qlik-cloud", "host", "https://t.eu.qlikcloud.com", "issuer", "https://b.example.org"));
    }

    private String url() {
        return database.get("spring.datasource.url").toString();
    }

    private void elsewhere(String sql) {
        String postgres = url().substring(0, url().lastIndexOf('/') + 1) + "postgres";
        try (Connection connection = DriverManager.getConnection(
                        postgres,
                        database.get("spring.datasource.username").toString(),
                        database.get("spring.datasource.password").toString());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
