package io.qlikbridge.connection;

import io.qlikbridge.StoreTest;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.cloudsettings.CloudSignIn;
import io.qlikbridge.cloudsettings.Keeps;
import io.qlikbridge.cloudsettings.SessionLifespan;
import io.qlikbridge.tenant.FakeKind;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
                CloudSettings.TYPE,
                URI.create("https://tenant.eu.qlikcloud.com"),
                subjects,
                subjectTemplate,
                null,
                cloud(null, null, "https://bridge.example.org", new ApiKeyExpiry("P30D")),
                StoreTest.NOW_KEPT,
                StoreTest.NOW_KEPT);
    }

    /** One that serves every user, of a deployment that is none of Qlik's. */
    public static Connection fake(ConnectionId id) {
        return new Connection(
                id,
                FakeKind.TYPE,
                URI.create("https://fake.example.org"),
                SubjectPolicy.DEFAULT,
                "{username}",
                null,
                new FakeKind.Settings("hello", 4242, false),
                StoreTest.NOW_KEPT,
                StoreTest.NOW_KEPT);
    }

    /** These kinds alone. */
    public static ConnectionKinds kinds(ConnectionKind... kinds) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        for (ConnectionKind kind : kinds) {
            beans.addBean(kind.type().slug(), kind);
        }
        return new ConnectionKinds(beans.getBeanProvider(ConnectionKind.class));
    }

    /** Those that there are, without a database. */
    public static Connections knowing(Connection only) {
        ConnectionStore store = new ConnectionStore(null, null, event -> {}, TestChanges.none()) {

            @Override
            Optional<Connection> find(ConnectionId id) {
                return Optional.of(only).filter(connection -> connection.id().equals(id));
            }
        };
        return new Connections(
                store, new StaticListableBeanFactory().getBeanProvider(ConnectionLeases.class), TestChanges.none());
    }

    /** Settings of a connection to Qlik Cloud that keeps API keys. */
    public static CloudSettings cloud(
            @Nullable String webIntegrationId, @Nullable String origin, String issuer, ApiKeyExpiry apiKeyExpiry) {
        return new CloudSettings(
                webIntegrationId,
                origin,
                issuer,
                apiKeyExpiry,
                CloudSignIn.JWT,
                Keeps.API_KEYS,
                new SessionLifespan("PT24H"),
                "user_default");
    }
}
