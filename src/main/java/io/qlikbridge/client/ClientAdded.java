package io.qlikbridge.client;

import java.util.List;
import java.util.Set;

/**
 * A client was added. Published inside the transaction that adds it.
 *
 * @param users for whom it may act, in the forms of {@link ClientUsers}
 * @param connections where it may act, in the forms of {@link AllowedConnections}
 */
public record ClientAdded(String clientId, Set<Scope> scopes, List<String> users, List<String> connections) {

    public ClientAdded {
        scopes = Set.copyOf(scopes);
        users = List.copyOf(users);
        connections = List.copyOf(connections);
    }
}
