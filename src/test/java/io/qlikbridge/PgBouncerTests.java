package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bridge behind a PgBouncer, in each of its modes. */
class PgBouncerTests {

    private static final int ENOUGH = 40;

    @TempDir
    private Path directory;

    @BeforeEach
    void isInstalled() {
        assumeTrue(PgBouncer.program().isPresent(), "PgBouncer is not installed: apt-get install pgbouncer");
    }

    @Test
    void startBehindAPoolOfSessionsWorks() throws IOException {
        try (PgBouncer pool = PgBouncer.before(TestDatabase.fresh(), "session", ENOUGH, directory);
                Product bridge = Product.start(pool.database(), Map.of())) {
            String connection = "/api/v1/connections/" + Product.name("pooled");
            bridge.put(
                            connection,
                            Map.of(
                                    "type",
                                    "qlik-cloud",
                                    "host",
                                    "https://t.eu.qlikcloud.com",
                                    "issuer",
                                    "https://b.example.org"))
                    .expect(201);

            bridge.get(connection).expect(200);
        }
    }

    @Test
    void startBehindAPoolOfTransactionsIsRefusedWithTheSettingToChange(LogLines log) throws IOException {
        try (PgBouncer pool = PgBouncer.before(TestDatabase.fresh(), "transaction", ENOUGH, directory)) {
            assertThatException().isThrownBy(() -> Product.start(pool.database(), Map.of()));

            assertThat(log.own())
                    .contains("Set pool_mode = session in pgbouncer.ini")
                    .doesNotContain("\tat org.", "Migrating schema");
        }
    }

    @ParameterizedTest
    @CsvSource({"transaction, 1", "transaction, 2", "transaction, 40", "statement, 1", "statement, 40"})
    void checkOfAPoolThatSharesSessionsRefusesIt(String mode, int sessions) throws IOException {
        try (PgBouncer pool = PgBouncer.before(TestDatabase.fresh(), mode, sessions, directory);
                HikariDataSource database = connections(pool)) {
            assertThatExceptionOfType(ConfigurationCannotStart.class)
                    .isThrownBy(() -> new SessionPooling(database).check())
                    .satisfies(refused -> assertThat(refused.action()).contains("pool_mode = session"));
        }
    }

    @Test
    void checkOfAPoolOfOneSessionEndsAndNamesTheSize() throws IOException {
        try (PgBouncer pool = PgBouncer.before(TestDatabase.fresh(), "session", 1, directory);
                HikariDataSource database = connections(pool)) {
            assertThatExceptionOfType(ConfigurationCannotStart.class)
                    .isThrownBy(() -> new SessionPooling(database).check())
                    .satisfies(refused -> assertThat(refused.action()).contains("default_pool_size"));
        }
    }

    private static HikariDataSource connections(PgBouncer pool) {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(pool.database().get("spring.datasource.url").toString());
        database.setUsername(pool.database().get("spring.datasource.username").toString());
        database.setPassword(pool.database().get("spring.datasource.password").toString());
        database.setMaximumPoolSize(4);
        database.setConnectionTimeout(2_000);
        database.setValidationTimeout(1_000);
        return database;
    }
}
