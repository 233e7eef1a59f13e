package io.qlikbridge.tokenexchange;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.oauth.TokenRequestRefused;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.ProblemCode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the connection that a token is asked for: by its id ({@code audience}), by its host ({@code resource}; RFC 8707, section 2),
 * or because there is no other. Of those that a client may not use it learns nothing.
 */
@Component
class TargetConnections {

    private final Connections connections;

    TargetConnections(Connections connections) {
        this.connections = connections;
    }

    /**
     * The id of the connection, which may be none, and be one that the client may not use.
     *
     * @throws TokenRequestRefused {@code invalid_target}
     * @throws BridgeException {@code forbidden} when the client may use no connection with this host
     */
    ConnectionId find(Caller.Client client, @Nullable String audience, @Nullable String resource) {
        ConnectionId named = audience == null ? null : id(audience);
        if (resource == null) {
            return named == null ? only(client) : named;
        }
        URI host = host(resource);
        List<ConnectionId> there = connections.at(host).stream()
                .map(Connection::id)
                .filter(client.connections()::allows)
                .toList();
        if (named != null) {
            if (client.connections().allows(named) && !there.contains(named)) {
                throw refused("audience and resource do not name the same connection. Send one of the two.");
            }
            return named;
        }
        if (there.isEmpty()) {
            throw client.connections().everywhere()
                    ? refused("No connection has this host. Send the connection's id as audience.")
                    : new BridgeException(
                            ProblemCode.FORBIDDEN,
                            client.name() + " may use no connection with this host, whether there is one or not. GET"
                                    + " /api/v1/me shows which it may.");
        }
        if (there.size() > 1) {
            throw refused("Several connections have this host. Send the id of one as audience.");
        }
        return there.getFirst();
    }

    private ConnectionId only(Caller.Client client) {
        List<ConnectionId> usable =
                connections.ids().stream().filter(client.connections()::allows).toList();
        if (usable.size() != 1) {
            throw refused(
                    usable.isEmpty()
                            ? "There is no connection that the client may use."
                            : "There is more than one connection. Send the id of one as audience, or its host as resource.");
        }
        return usable.getFirst();
    }

    private static ConnectionId id(String audience) {
        try {
            return new ConnectionId(audience);
        } catch (InvalidValue refused) {
            throw refused("audience is the id of a connection. " + refused.getMessage() + ".");
        }
    }

    /** Two spellings of a host are one, with a slash at the end or without. */
    private static URI host(String resource) {
        try {
            return ServerAddress.of(resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource)
                    .uri();
        } catch (InvalidValue refused) {
            throw refused("resource is the host of a connection, such as https://tenant.eu.qlikcloud.com: it "
                    + refused.getMessage() + ".");
        }
    }

    private static TokenRequestRefused refused(String description) {
        return new TokenRequestRefused(ExchangeErrors.INVALID_TARGET, description);
    }
}
