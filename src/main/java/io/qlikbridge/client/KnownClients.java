package io.qlikbridge.client;

import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The clients that call, as they are or were a moment ago. */
@Component
public class KnownClients {

    private static final int MOST = 10_000;

    private final ClientStore store;
    private final ChangeAwareCache<String, BridgeClient> remembered;

    KnownClients(ClientStore store, ChangeFeed news) {
        this.store = store;
        this.remembered = news.remembered(ChangeType.CLIENT, MOST);
        news.on(ChangeType.CLIENT, this::forget);
    }

    /** @param row stays with the client; a client made anew under the same id has another */
    public Optional<BridgeClient> of(String row) {
        return remembered.get(row, store::findByRow);
    }

    private void forget(String row) {
        if (row.equals(ChangeFeed.EVERYTHING)) {
            remembered.forgetAll();
        } else {
            remembered.forget(row);
        }
    }
}
