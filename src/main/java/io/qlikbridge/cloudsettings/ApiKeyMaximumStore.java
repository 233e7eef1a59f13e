package io.qlikbridge.cloudsettings;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the longest expiry of API keys that tenants were found to allow. */
@Component
public class ApiKeyMaximumStore {

    private final JdbcClient database;
    private final ChangeFeed changes;

    ApiKeyMaximumStore(JdbcClient database, ChangeFeed changes) {
        this.database = database;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    Optional<ApiKeyMaximums.Found> find(ConnectionId connection) {
        return database.sql("""
                        select connection_updated_at, max_expiry from cloud_api_key_maximum where connection_id = :connection
                        """)
                .param("connection", connection.value())
                .query((row, number) -> new ApiKeyMaximums.Found(
                        row.getObject("connection_updated_at", OffsetDateTime.class)
                                .toInstant(),
                        new ApiKeyExpiry(row.getString("max_expiry"))))
                .optional();
    }

    /** Of no effect when the connection has changed since it was read, or is gone. */
    @Transactional
    void put(Connection connection, ApiKeyExpiry maximum) {
        database.sql("""
                        insert into cloud_api_key_maximum (connection_id, connection_updated_at, max_expiry)
                        select id, updated_at, :maximum from connection where id = :connection and updated_at = :updatedAt
                        on conflict (connection_id) do update
                            set connection_updated_at = excluded.connection_updated_at, max_expiry = excluded.max_expiry
                        """)
                .param("connection", connection.id().value())
                .param("updatedAt", connection.updatedAt().atOffset(ZoneOffset.UTC))
                .param("maximum", maximum.iso())
                .update();
        changes.changed(new Change.OfConnection(connection.id().value()));
    }
}
