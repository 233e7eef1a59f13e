package io.qlikbridge.connection;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps connections. */
@Component
public class ConnectionStore {

    private final ConnectionRepository rows;
    private final ConnectionKinds kinds;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    ConnectionStore(
            ConnectionRepository rows, ConnectionKinds kinds, ApplicationEventPublisher events, ChangeFeed changes) {
        this.rows = rows;
        this.kinds = kinds;
        this.events = events;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    Optional<Connection> find(ConnectionId id) {
        return rows.findById(id.value()).map(this::connection);
    }

    /** At most {@code limit} connections, in the order of their ids, behind {@code after}. */
    @Transactional(readOnly = true)
    List<Connection> after(String after, int limit) {
        return rows.findAfter(after, limit).stream().map(this::connection).toList();
    }

    /** Those of the ids that name a connection. */
    @Transactional(readOnly = true)
    Set<ConnectionId> known(Collection<ConnectionId> ids) {
        return rows.findIds(ids.stream().map(ConnectionId::value).toArray(String[]::new)).stream()
                .map(ConnectionId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Transactional(readOnly = true)
    List<Connection> at(URI host) {
        return rows.findAt(host.toString()).stream().map(this::connection).toList();
    }

    @Transactional(readOnly = true)
    List<ConnectionId> ids() {
        return rows.ids().stream().map(ConnectionId::new).toList();
    }

    /**
     * Puts a connection in the place of the one of its id, if there is one, whose time of creation stays.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else changed it meanwhile
     * @throws org.springframework.dao.DataIntegrityViolationException when somebody else made it meanwhile
     */
    @Transactional
    public Put put(Connection connection) {
        Optional<ConnectionRow> present = rows.findById(connection.id().value());
        Optional<Connection> before = present.map(this::connection);
        Connection kept =
                before.map(one -> connection.createdAt(one.createdAt())).orElse(connection);
        rows.saveAndFlush(new ConnectionRow(
                kept,
                kinds.write(kept.settings()),
                present.map(ConnectionRow::version).orElse(null)));
        events.publishEvent(before.<Object>map(one -> ConnectionUpdated.of(one, kept, kinds))
                .orElseGet(() -> new ConnectionCreated(kept.id())));
        events.publishEvent(new ConnectionChanged(kept.id()));
        changes.changed(new Change.OfConnection(kept.id().value()));
        return new Put(kept, present.isEmpty());
    }

    /**
     * Puts a connection in the place of {@code before}, unless that was changed or deleted since it was read.
     *
     * @return whether it was put
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else changed it at this very moment
     */
    @Transactional
    public boolean replace(Connection before, Connection after) {
        if (!find(before.id()).filter(before::equals).isPresent()) {
            return false;
        }
        put(after);
        return true;
    }

    /**
     * Makes a connection, unless there is one of its id.
     *
     * @return whether it was made
     * @throws org.springframework.dao.DataIntegrityViolationException when somebody else made it at this very moment
     */
    @Transactional
    boolean add(Connection connection) {
        if (rows.findById(connection.id().value()).isPresent()) {
            return false;
        }
        put(connection);
        return true;
    }

    /** What was put, and whether nothing was there before. */
    public record Put(Connection connection, boolean created) {}

    /**
     * Deletes a connection and all that is kept of it, unless {@code kept} counts something that must not go. While it
     * counts, nothing is added.
     *
     * @return what was counted: the connection is gone when that is 0; empty when there was no such connection
     */
    @Transactional
    OptionalLong delete(ConnectionId id, LongSupplier kept) {
        if (rows.lock(id.value()).isEmpty()) {
            return OptionalLong.empty();
        }
        long count = kept.getAsLong();
        if (count == 0) {
            rows.deleteLocked(id.value());
            events.publishEvent(new ConnectionDeleted(id));
            changes.changed(new Change.OfConnection(id.value()));
        }
        return OptionalLong.of(count);
    }

    private Connection connection(ConnectionRow row) {
        return row.connection(kinds);
    }
}
