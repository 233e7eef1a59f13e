package io.qlikbridge.cloudsettings;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The longest expiry of API keys that tenants were found to allow. Of a tenant whose maximum never mattered nothing is known; a
 * connection that was replaced begins anew.
 */
@Component
public class ApiKeyMaximums {

    private static final int MOST_CACHED = 1_000;

    private final ApiKeyMaximumStore store;
    private final ChangeAwareCache<ConnectionId, Found> cache;

    public ApiKeyMaximums(ApiKeyMaximumStore store, ChangeFeed changes) {
        this.store = store;
        this.cache = changes.cache(Change.OfConnection.class, MOST_CACHED, change -> new ConnectionId(change.id()));
    }

    /** The expiry that is asked for on a connection: the admin's, cut to what the tenant allows. */
    public ApiKeyExpiry effectiveExpiry(Connection connection) {
        ApiKeyExpiry wanted = CloudSettings.of(connection).apiKeyExpiry();
        return maximum(connection).map(wanted::atMost).orElse(wanted);
    }

    /** Keeps what the tenant allows at most. Of no effect when the connection has changed since. */
    public void found(Connection connection, ApiKeyExpiry maximum) {
        store.put(connection, maximum);
    }

    private Optional<ApiKeyExpiry> maximum(Connection connection) {
        return cache.get(connection.id(), id -> Optional.of(store.find(id).orElse(Found.NOTHING)))
                .filter(found -> connection.updatedAt().equals(found.connectionUpdatedAt()))
                .map(Found::maximum);
    }

    /**
     * What was found of a tenant.
     *
     * @param connectionUpdatedAt tells the connection it was found for from what took its place
     */
    record Found(
            @Nullable Instant connectionUpdatedAt, @Nullable ApiKeyExpiry maximum) {

        private static final Found NOTHING = new Found(null, null);
    }
}
