package io.qlikbridge.oauthclientadmin;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.oauthclient.OAuthClient;
import io.qlikbridge.oauthclient.OAuthClientView;
import io.qlikbridge.oauthclient.OAuthClients;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What admins do with the OAuth client of a connection, whichever way they come. It may be sent before the connection signs in with it. */
@Component
public class OAuthClientAdmin {

    private static final Logger log = LoggerFactory.getLogger(OAuthClientAdmin.class);

    private final Connections connections;
    private final OAuthClients clients;

    OAuthClientAdmin(Connections connections, OAuthClients clients) {
        this.connections = connections;
        this.clients = clients;
    }

    /** @throws BridgeException {@code invalid-request}; {@code not-found} where the type of the connection has none */
    public void put(ConnectionId connection, OAuthClientRequest request) {
        Connection tenant = tenant(connection);
        OAuthClient client = request.client();
        clients.put(tenant, client);
        log.info("OAuth client {} of connection {} put", client.clientId(), connection);
    }

    /** @throws BridgeException {@code oauth-client-missing}; {@code not-found} where the type of the connection has none */
    public OAuthClientView get(ConnectionId connection) {
        return clients.view(tenant(connection).id());
    }

    /** The client of a connection; empty when it has none yet, or none by its type. */
    public Optional<OAuthClientView> find(ConnectionId connection) {
        return clients.find(connection);
    }

    /** Whether a connection has one for the host that it leads to. */
    public boolean has(Connection connection) {
        return clients.has(connection);
    }

    /** @throws BridgeException as {@link #get} does */
    public void delete(ConnectionId connection) {
        clients.delete(tenant(connection).id());
        log.info("OAuth client of connection {} deleted", connection);
    }

    private Connection tenant(ConnectionId id) {
        Connection connection = connections.of(id);
        if (!connection.type().equals(CloudSettings.TYPE)) {
            throw new BridgeException(
                    ProblemCode.NOT_FOUND,
                    "The connection " + id + " is of the type " + connection.type()
                            + ", which has no OAuth client: those of the type " + CloudSettings.TYPE + " have.");
        }
        return connection;
    }
}
