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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administration of a connection's OAuth client. It may be sent before the connection signs in with it. */
@RestController
@RequestMapping("/api/v1/connections/{connection}/oauth-client")
class OAuthClientController {

    private static final Logger log = LoggerFactory.getLogger(OAuthClientController.class);

    private final Connections connections;
    private final OAuthClients clients;

    OAuthClientController(Connections connections, OAuthClients clients) {
        this.connections = connections;
        this.clients = clients;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable ConnectionId connection, @RequestBody OAuthClientRequest request) {
        Connection tenant = tenant(connection);
        OAuthClient client = request.client();
        clients.put(tenant, client);
        log.info("OAuth client {} of connection {} put", client.clientId(), connection);
    }

    @GetMapping
    OAuthClientView get(@PathVariable ConnectionId connection) {
        return clients.view(tenant(connection).id());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection) {
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
