package io.qlikbridge.cloudsettings;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.TestConnections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@StoreTest
class ApiKeyMaximumsTests {

    private static final ApiKeyExpiry DAY = new ApiKeyExpiry("PT24H");
    private static final ApiKeyExpiry HOUR = new ApiKeyExpiry("PT1H");
    private static final ApiKeyExpiry WANTED = new ApiKeyExpiry("P30D");

    @Autowired
    private ConnectionStore connections;

    @Autowired
    private JdbcClient database;

    private ApiKeyMaximums maximums;
    private Connection connection;

    @BeforeEach
    void start() {
        ChangeFeed changes = TestChanges.arriving();
        maximums = new ApiKeyMaximums(new ApiKeyMaximumStore(database, changes), changes);
        connection = connections
                .put(TestConnections.connection(new ConnectionId("maximums")))
                .connection();
        database.sql("delete from cloud_api_key_maximum").update();
    }

    @Test
    void effectiveExpiryIsWhatIsWantedUntilAMaximumIsFound() {
        assertThat(maximums.effectiveExpiry(connection)).isEqualTo(WANTED);

        maximums.found(connection, DAY);

        assertThat(maximums.effectiveExpiry(connection)).isEqualTo(DAY);
    }

    @Test
    void lastMaximumThatWasFoundCounts() {
        maximums.found(connection, DAY);
        maximums.found(connection, HOUR);

        assertThat(maximums.effectiveExpiry(connection)).isEqualTo(HOUR);
    }

    @Test
    void maximumAboveWhatIsWantedCutsNothing() {
        maximums.found(connection, new ApiKeyExpiry("P365D"));

        assertThat(maximums.effectiveExpiry(connection)).isEqualTo(WANTED);
    }

    @Test
    void maximumOfAConnectionThatHasChangedSinceIsNotKept() {
        database.sql("update connection set updated_at = updated_at + interval '1 second' where id = 'maximums'")
                .update();

        maximums.found(connection, DAY);

        assertThat(database.sql("select count(*) from cloud_api_key_maximum")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void maximumIsForgottenWhenTheConnectionIsReplaced() {
        maximums.found(connection, DAY);

        Connection replaced = new Connection(
                connection.id(),
                connection.type(),
                connection.host(),
                connection.subjects(),
                connection.subjectTemplate(),
                null,
                connection.settings(),
                connection.createdAt(),
                connection.updatedAt().plusSeconds(1));

        assertThat(maximums.effectiveExpiry(replaced)).isEqualTo(WANTED);
    }

    @Test
    void maximumGoesWithTheConnection() {
        maximums.found(connection, DAY);

        database.sql("delete from connection where id = 'maximums'").update();

        assertThat(database.sql("select count(*) from cloud_api_key_maximum")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
