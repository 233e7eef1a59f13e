package io.qlikbridge.connection;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** The connections the bridge serves. */
@Component
public class Connections {

    private static final int MOST_CACHED = 1_000;

    private final ConnectionStore store;
    private final ObjectProvider<ConnectionLeases> leases;
    private final ChangeAwareCache<ConnectionId, Connection> cache;

    /** @param leases asked for when a connection goes; whoever keeps them needs the connections to begin with */
    public Connections(ConnectionStore store, ObjectProvider<ConnectionLeases> leases, ChangeFeed changes) {
        this.store = store;
        this.leases = leases;
        this.cache = changes.cache(Change.OfConnection.class, MOST_CACHED, change -> new ConnectionId(change.id()));
    }

    /** The connection of this id, or {@code connection-not-found}. */
    public Connection of(ConnectionId id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    /**
     * The same, perhaps from the cache: as it is, or was a moment ago. For what is read at every request; whoever is about to
     * change something reads what is there.
     */
    public Connection cached(ConnectionId id) {
        return cache.get(id, store::find).orElseThrow(() -> notFound(id));
    }

    public Optional<Connection> find(ConnectionId id) {
        return store.find(id);
    }

    /** Those of the ids that name a connection. */
    public Set<ConnectionId> known(Collection<ConnectionId> ids) {
        return store.known(ids);
    }

    /** The ids of all connections there are. */
    public List<ConnectionId> ids() {
        return store.ids();
    }

    /**
     * Those that lead to a host, in the order of their ids.
     *
     * @param host in the form of {@link ServerAddress#uri}
     */
    public List<Connection> at(URI host) {
        return store.at(host);
    }

    public Page<Connection> page(PageQuery query) {
        return query.page(
                store.after(query.key(), query.size() + 1),
                connection -> connection.id().value());
    }

    /** Makes or replaces the connection of this id; of several at once, one is the maker. */
    public ConnectionStore.Put put(Connection connection) {
        try {
            return store.put(connection);
        } catch (DataIntegrityViolationException madeMeanwhile) {
            return store.put(connection);
        }
    }

    /**
     * Makes a connection, unless there is one of its id.
     *
     * @return whether it was made
     */
    public boolean add(Connection connection) {
        try {
            return store.add(connection);
        } catch (DataIntegrityViolationException madeMeanwhile) {
            return false;
        }
    }

    /**
     * Puts a connection in the place of {@code before}, unless that was changed or deleted since it was read.
     *
     * @return whether it was put
     */
    public boolean replace(Connection before, Connection after) {
        try {
            return store.replace(before, after);
        } catch (OptimisticLockingFailureException changedMeanwhile) {
            return false;
        }
    }

    /** How many credentials that were issued on a connection may still be used at its tenant. */
    public long inUse(ConnectionId id) {
        return Optional.ofNullable(leases.getIfAvailable())
                .map(all -> all.alive(id))
                .orElse(0L);
    }

    /**
     * Deletes a connection with its keys and mappings.
     *
     * @param revoke whether credentials that were issued on it are ended first; otherwise they keep it: {@code conflict}
     */
    public void delete(ConnectionId id, boolean revoke) {
        of(id);
        Optional<ConnectionLeases> issued = Optional.ofNullable(leases.getIfAvailable());
        if (revoke) {
            issued.ifPresent(all -> all.revoke(id));
        }
        OptionalLong alive =
                store.delete(id, () -> issued.map(all -> all.alive(id)).orElse(0L));
        if (alive.orElseThrow(() -> notFound(id)) > 0) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "Credentials issued on connection " + id + " may still be used at the tenant: " + alive.getAsLong()
                            + ". Delete it with ?revoke=true to end them.");
        }
    }

    private static BridgeException notFound(ConnectionId id) {
        return new BridgeException(
                ProblemCode.CONNECTION_NOT_FOUND,
                "There is no connection " + id + ". GET /api/v1/connections lists them.");
    }
}
