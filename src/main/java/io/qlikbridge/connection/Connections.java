package io.qlikbridge.connection;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The connections the bridge serves. */
@Component
public class Connections {

    private final ConnectionStore store;

    Connections(ConnectionStore store) {
        this.store = store;
    }

    /** The connection of this id, or {@code connection-not-found}. */
    public Connection of(ConnectionId id) {
        return find(id).orElseThrow(() -> new BridgeException(
                ProblemCode.CONNECTION_NOT_FOUND,
                "There is no connection " + id + ". GET /api/v1/connections lists them."));
    }

    public Optional<Connection> find(ConnectionId id) {
        return store.find(id);
    }

    /** Keeps the longest expiry the tenant allows, so that it shows and is asked for from now on. */
    public void tenantAllowsAtMost(ConnectionId id, ApiKeyExpiry maximum) {
        store.tenantAllowsAtMost(id, maximum);
    }
}
