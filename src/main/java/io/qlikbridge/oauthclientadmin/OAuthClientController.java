package io.qlikbridge.oauthclientadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.oauthclient.OAuthClientView;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administration of a connection's OAuth client. */
@RestController
@RequestMapping("/api/v1/connections/{connection}/oauth-client")
class OAuthClientController {

    private final OAuthClientAdmin clients;

    OAuthClientController(OAuthClientAdmin clients) {
        this.clients = clients;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable ConnectionId connection, @RequestBody OAuthClientRequest request) {
        clients.put(connection, request);
    }

    @GetMapping
    OAuthClientView get(@PathVariable ConnectionId connection) {
        return clients.get(connection);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection) {
        clients.delete(connection);
    }
}
