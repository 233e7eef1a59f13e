package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is to be ended at a tenant, and what has been. */
@Component
class RevocationStore {

    private final JdbcClient jdbc;
    private final LeaseRows rows;

    RevocationStore(JdbcClient jdbc, LeaseRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** How many credentials of a connection may still be used at the tenant. */
    @Transactional(readOnly = true)
    public long alive(ConnectionId connection, Instant now) {
        return jdbc.sql("""
                        select count(*) from lease where connection_id = :connection
                            and (state = 'ISSUING' and claim_deadline > clock_timestamp()
                                or state in ('ACTIVE', 'SUPERSEDED', 'REVOKING') and expires_at > :now)
                        """)
                .param("connection", connection.value())
                .param("now", LeaseRows.utc(now))
                .query(Long.class)
                .single();
    }

    /**
     * Takes all leases of one user or of one connection out of use, to be ended at the tenant. One that is being issued
     * loses its claim, so that it is not kept.
     */
    @Transactional
    public void begin(@Nullable UUID user, @Nullable ConnectionId connection) {
        if (user == null && connection == null) {
            throw new IllegalArgumentException("Nothing is revoked for everybody at once");
        }
        // claims first, the order in which a claim becomes a lease: so neither waits for the other in a circle
        update(
                "state = 'FAILED', failure = 'revoked while it was issued', may_have_acted = true",
                "ISSUING",
                user,
                connection);
        update("state = 'REVOKING'", "ACTIVE", user, connection);
        update("state = 'REVOKING'", "SUPERSEDED", user, connection);
    }

    private void update(String change, String state, @Nullable UUID user, @Nullable ConnectionId connection) {
        jdbc.sql("update lease set " + change + """
                         where state = :state
                            and (cast(:user as uuid) is null or user_id = :user)
                            and (cast(:connection as text) is null or connection_id = :connection)
                        """)
                .param("state", state)
                .param("user", user)
                .param("connection", connection == null ? null : connection.value())
                .update();
    }

    /** The leases that are to be ended at their tenant, of one user or of one connection. */
    @Transactional(readOnly = true)
    public List<Revoking> revoking(@Nullable UUID user, @Nullable ConnectionId connection) {
        return jdbc.sql("select connection_id, " + LeaseRows.COLUMNS + """
                         from lease where state = 'REVOKING'
                            and (cast(:user as uuid) is null or user_id = :user)
                            and (cast(:connection as text) is null or connection_id = :connection)
                        order by id
                        """)
                .param("user", user)
                .param("connection", connection == null ? null : connection.value())
                .query((row, number) ->
                        new Revoking(new ConnectionId(row.getString("connection_id")), rows.read(row, number)))
                .list();
    }

    @Transactional
    public void revoked(UUID lease) {
        jdbc.sql("update lease set state = 'REVOKED' where id = :id and state = 'REVOKING'")
                .param("id", lease)
                .update();
    }
}
