package io.qlikbridge.client;

import java.time.Instant;
import java.util.Set;

/**
 * An OAuth client of the bridge: a job, a front end's server, an admin tool.
 *
 * @param firstSecret whether its secret is the one that was printed at the first start, which is only good for being renewed
 * @param row stays with the client; a client made anew under the same id has another
 */
public record BridgeClient(
        String row,
        String clientId,
        Set<Scope> scopes,
        ClientUsers users,
        AllowedConnections connections,
        Instant createdAt,
        boolean firstSecret) {

    public BridgeClient {
        scopes = Set.copyOf(scopes);
    }

    boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }
}
