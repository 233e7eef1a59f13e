package io.qlikbridge.access;

import io.qlikbridge.news.Kind;
import io.qlikbridge.news.News;
import io.qlikbridge.news.Remembered;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The clients that call, as they are or were a moment ago. */
@Component
class KnownClients {

    private static final int MOST = 10_000;

    private final ClientStore store;
    private final Remembered<String, BridgeClient> remembered;

    KnownClients(ClientStore store, News news) {
        this.store = store;
        this.remembered = news.remembered(Kind.CLIENT, MOST);
        news.on(Kind.CLIENT, this::forget);
    }

    /** @param row stays with the client; a client made anew under the same id has another */
    Optional<BridgeClient> of(String row) {
        return remembered.get(row, store::findByRow);
    }

    private void forget(String row) {
        if (row.equals(News.EVERYTHING)) {
            remembered.forgetAll();
        } else {
            remembered.forget(row);
        }
    }
}
