package io.qlikbridge.connection;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps connections. */
@Component
class ConnectionStore {

    private final ConnectionRepository rows;

    ConnectionStore(ConnectionRepository rows) {
        this.rows = rows;
    }

    @Transactional(readOnly = true)
    Optional<Connection> find(ConnectionId id) {
        return rows.findById(id.value()).map(ConnectionRow::connection);
    }

    /** At most {@code limit} connections, in the order of their ids, behind {@code after}. */
    @Transactional(readOnly = true)
    List<Connection> after(String after, int limit) {
        return rows.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(ConnectionRow::connection)
                .toList();
    }

    /**
     * Puts what {@code next} makes of the connection that is there now, or of none.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else changed it meanwhile
     */
    @Transactional
    Connection put(ConnectionId id, Function<Optional<Connection>, Connection> next) {
        Optional<ConnectionRow> present = rows.findById(id.value());
        Connection connection = next.apply(present.map(ConnectionRow::connection));
        rows.saveAndFlush(new ConnectionRow(
                connection, present.map(ConnectionRow::version).orElse(null)));
        return connection;
    }

    @Transactional
    void tenantAllowsAtMost(ConnectionId id, ApiKeyExpiry maximum) {
        rows.setTenantMaximum(id.value(), maximum.iso());
    }

    @Transactional
    void delete(ConnectionId id) {
        rows.deleteById(id.value());
    }
}
