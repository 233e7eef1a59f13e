package io.qlikbridge.consolecloud;

import io.qlikbridge.cloudsettings.CloudCredential;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.oauthclient.OAuthClientView;
import io.qlikbridge.oauthclientadmin.OAuthClientAdmin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The OAuth client of a connection that signs in with one, or has one. */
@Component
@ConditionalOnConsole
class OAuthClientPanel implements ConnectionPanel {

    static final String ID = "oauth-client";

    private final OAuthClientAdmin clients;

    OAuthClientPanel(OAuthClientAdmin clients) {
        this.clients = clients;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String template() {
        return "console/consolecloud-oauth-client :: panel";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return impersonates(connection)
                || connection.type().equals(CloudSettings.TYPE)
                        && clients.find(connection.id()).isPresent();
    }

    @Override
    public Object view(Connection connection) {
        OAuthClientView client = clients.find(connection.id()).orElse(null);
        return new View(client, client != null && !clients.has(connection));
    }

    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        if (!impersonates(connection)) {
            return Optional.empty();
        }
        boolean done = clients.has(connection);
        return Optional.of(new ConnectionTask(
                "cloud.oauth.title",
                ID,
                done ? ConnectionTask.State.DONE : ConnectionTask.State.OPEN,
                done ? "cloud.oauth.done" : "cloud.oauth.open"));
    }

    private static boolean impersonates(Connection connection) {
        return connection.settings() instanceof CloudSettings settings
                && settings.issues() == CloudCredential.ACCESS_TOKEN;
    }

    /**
     * What is shown of it.
     *
     * @param ofAnotherHost whether the connection leads elsewhere since the client was sent
     */
    record View(@Nullable OAuthClientView client, boolean ofAnotherHost) {}
}
