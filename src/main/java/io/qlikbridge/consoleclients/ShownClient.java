package io.qlikbridge.consoleclients;

import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.Scope;
import java.time.Instant;
import java.util.List;

/**
 * A client as a page shows it; never its secret.
 *
 * @param path the address of its page
 * @param firstSecret whether its secret is still the one of the first start
 */
record ShownClient(
        String clientId,
        String path,
        List<String> scopes,
        List<String> users,
        List<String> connections,
        boolean everywhere,
        Instant createdAt,
        boolean firstSecret) {

    /** As many are shown in a cell of a table. */
    private static final int FEW = 5;

    static ShownClient of(BridgeClient client) {
        String path = ClientsSection.PATH + "/" + client.clientId();
        return new ShownClient(
                client.clientId(),
                path.equals(NewClientController.PATH) ? path + "/about" : path,
                client.scopes().stream().sorted().map(Scope::value).toList(),
                client.users().entries(),
                client.connections().entries(),
                client.connections().everywhere(),
                client.createdAt(),
                client.firstSecret());
    }

    public List<String> fewUsers() {
        return few(users);
    }

    public int moreUsers() {
        return users.size() - fewUsers().size();
    }

    public List<String> fewConnections() {
        return few(connections);
    }

    public int moreConnections() {
        return connections.size() - fewConnections().size();
    }

    private static List<String> few(List<String> all) {
        return all.subList(0, Math.min(FEW, all.size()));
    }
}
