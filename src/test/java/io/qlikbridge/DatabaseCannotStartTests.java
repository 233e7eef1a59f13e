package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseCannotStartTests {

    @Test
    void startWhenNoDatabaseAnswersTellsWhatToCheck(LogLines log) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatException()
                .isThrownBy(() -> Product.start(
                        Map.of(
                                "spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/bridge",
                                "spring.datasource.username", "bridge",
                                "spring.datasource.password", "the-password-of-the-database",
                                "spring.datasource.hikari.connection-timeout", "500"),
                        Map.of()));

        assertThat(log.own())
                .contains("The database cannot be used", "SPRING_DATASOURCE_URL")
                .doesNotContain("\tat org.");
        assertThat(log.all()).doesNotContain("the-password-of-the-database");
    }

    @Test
    void startWithoutARightOnTheSchemaNamesTheGrant(LogLines log) throws SQLException {
        Map<String, Object> database = TestDatabase.empty();
        String url = database.get("spring.datasource.url").toString();
        try (Connection connection = DriverManager.getConnection(
                        url,
                        database.get("spring.datasource.username").toString(),
                        database.get("spring.datasource.password").toString());
                Statement statement = connection.createStatement()) {
            statement.execute("create role without_right login password 'of-the-role'");
        }

        assertThatException()
                .isThrownBy(() -> Product.start(
                        Map.of(
                                "spring.datasource.url", url,
                                "spring.datasource.username", "without_right",
                                "spring.datasource.password", "of-the-role"),
                        Map.of()));

        assertThat(log.own()).contains("grant usage, create on schema public").doesNotContain("\tat org.");
        assertThat(log.all()).doesNotContain("of-the-role");
    }

    @Test
    void actionWhenPgBouncerRefusesAParameterNamesItsSetting() {
        SQLException refused = new SQLException("FATAL: unsupported startup parameter: extra_float_digits", "08P01");

        assertThat(DatabaseCannotStartAnalyzer.action(refused))
                .contains("ignore_startup_parameters = extra_float_digits", "pool_mode = session");
    }

    @ParameterizedTest
    @CsvSource({
        "42501, owner",
        "3D000, create database",
        "28P01, SPRING_DATASOURCE_PASSWORD",
        "28000, sslmode=require",
        "25006, primary",
        "53300, max_connections",
        "53100, disk",
        "57P03, recovering",
        "08001, SPRING_DATASOURCE_URL",
        "XX000, SPRING_DATASOURCE_URL"
    })
    void actionFitsWhatTheServerSays(String state, String word) {
        assertThat(DatabaseCannotStartAnalyzer.action(new SQLException("said the server", state)))
                .contains(word);
    }
}
