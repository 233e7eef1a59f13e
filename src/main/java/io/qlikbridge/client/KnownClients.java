package io.qlikbridge.client;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The clients that call, as they are or were a moment ago. */
@Component
public class KnownClients {

    private static final int MOST = 10_000;

    private final ClientStore store;
    private final ChangeAwareCache<String, BridgeClient> cache;

    KnownClients(ClientStore store, ChangeFeed changes) {
        this.store = store;
        this.cache = changes.cache(Change.OfClient.class, MOST, Change.OfClient::row);
    }

    /** @param row stays with the client; a client made anew under the same id has another */
    public Optional<BridgeClient> of(String row) {
        return cache.get(row, store::findByRow);
    }
}
