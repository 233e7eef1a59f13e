package io.qlikbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.CloudSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The version before has columns for what is JSON now, and may run beside this one. */
@StoreTest
class ConnectionFormsTests {

    private static final ConnectionId MAIN = new ConnectionId("forms");

    @Autowired
    private ConnectionStore store;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void forget() {
        database.sql("delete from connection where id = 'forms'").update();
    }

    @Test
    void whatTheVersionBeforeMakesIsReadHere() {
        makeAsTheVersionBefore();

        assertThat(settings())
                .isEqualTo(TestConnections.cloud(
                        "integration", null, "https://issuer.example.org", new ApiKeyExpiry("P30D")));
    }

    @Test
    void whatTheVersionBeforeChangesIsReadHere() {
        makeAsTheVersionBefore();

        database.sql(
                        "update connection set version = 1, issuer = 'another', web_integration_id = null, origin = 'https://o'"
                                + " where id = 'forms'")
                .update();

        assertThat(settings()).isEqualTo(TestConnections.cloud(null, "https://o", "another", new ApiKeyExpiry("P30D")));
    }

    @Test
    void whatIsChangedHereTheVersionBeforeReads() {
        makeAsTheVersionBefore();
        put(TestConnections.cloud(null, "https://o", "another", new ApiKeyExpiry("PT12H")));

        assertThat(columns()).containsEntry("issuer", "another").containsEntry("origin", "https://o");
        assertThat(columns()).containsEntry("web_integration_id", null).containsEntry("api_key_expiry", "PT12H");
    }

    @Test
    void whatIsMadeHereTheVersionBeforeReads() {
        put(TestConnections.cloud("integration", null, "issuer", new ApiKeyExpiry("PT12H")));

        assertThat(columns()).containsEntry("issuer", "issuer").containsEntry("web_integration_id", "integration");
    }

    @Test
    void settingThatTheVersionBeforeDoesNotKnowOutlivesItsChanges() {
        makeAsTheVersionBefore();
        database.sql("update connection set settings = settings || '{\"newer\": 1}' where id = 'forms'")
                .update();

        database.sql("update connection set issuer = 'another' where id = 'forms'")
                .update();

        assertThat(database.sql("select settings ->> 'newer' from connection where id = 'forms'")
                        .query(String.class)
                        .single())
                .isEqualTo("1");
        assertThat(settings().issuer()).isEqualTo("another");
    }

    private void makeAsTheVersionBefore() {
        database.sql("""
                        insert into connection (id, version, type, host, web_integration_id, issuer, api_key_expiry, subjects,
                            subject_template, created_at, updated_at)
                        values ('forms', 0, 'QLIK_CLOUD', 'https://tenant.eu.qlikcloud.com', 'integration',
                            'https://issuer.example.org', 'P30D', 'DEFAULT', '{username}', now(), now())
                        """).update();
    }

    private void put(CloudSettings settings) {
        Connection any = TestConnections.connection(MAIN);
        store.put(new Connection(
                MAIN,
                any.type(),
                any.host(),
                any.subjects(),
                any.subjectTemplate(),
                null,
                settings,
                Instant.EPOCH,
                Instant.EPOCH));
    }

    private CloudSettings settings() {
        return CloudSettings.of(store.find(MAIN).orElseThrow());
    }

    private Map<String, Object> columns() {
        return database.sql(
                        "select issuer, origin, web_integration_id, api_key_expiry from connection where id = 'forms'")
                .query()
                .singleRow();
    }
}
