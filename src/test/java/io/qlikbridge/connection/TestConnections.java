package io.qlikbridge.connection;

import io.qlikbridge.StoreTest;
import io.qlikbridge.changes.TestChanges;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Connections for tests. */
public final class TestConnections {

    private TestConnections() {}

    /** One that serves every user, by the username. */
    public static Connection connection(ConnectionId id) {
        return connection(id, SubjectPolicy.DEFAULT, "{username}");
    }

    public static Connection connection(ConnectionId id, SubjectPolicy subjects, String subjectTemplate) {
        return new Connection(
                id,
                ConnectionType.QLIK_CLOUD,
                URI.create("https://tenant.eu.qlikcloud.com"),
                null,
                null,
                "https://bridge.example.org",
                new ApiKeyExpiry("P30D"),
                null,
                subjects,
                subjectTemplate,
                null,
                StoreTest.NOW_KEPT,
                StoreTest.NOW_KEPT);
    }

    /** Those that there are, without a database. */
    public static Connections knowing(Connection only) {
        ConnectionStore store = new ConnectionStore(null, event -> {}, TestChanges.none()) {

            @Override
            Optional<Connection> find(ConnectionId id) {
                return Optional.of(only).filter(connection -> connection.id().equals(id));
            }
        };
        return new Connections(
                store, new StaticListableBeanFactory().getBeanProvider(ConnectionLeases.class), TestChanges.none());
    }
}
