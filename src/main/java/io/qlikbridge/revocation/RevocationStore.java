package io.qlikbridge.revocation;

import static io.qlikbridge.lease.LeaseState.REVOKED;
import static io.qlikbridge.lease.LeaseState.REVOKING;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.EndedRow;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.username.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is out of use and to be ended at a tenant, and what has been. */
@Component
public class RevocationStore {

    private final JdbcClient jdbc;
    private final LeaseRows rows;
    private final ApplicationEventPublisher events;

    public RevocationStore(JdbcClient jdbc, LeaseRows rows, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
    }

    /** The leases that are to be ended at their tenant, within a scope. */
    @Transactional(readOnly = true)
    public List<Revoking> revoking(LeaseScope scope, int limit) {
        return jdbc.sql("select " + LeaseOwner.USERNAME + " as username, revocation_attempts, " + LeaseRows.COLUMNS
                        + " from lease where " + LeaseScope.CONDITION + " and state = " + REVOKING.sql()
                        + " order by id limit :limit")
                .params(scope.parameters())
                .param("limit", limit)
                .query(this::revoking)
                .list();
    }

    @Transactional(readOnly = true)
    public long pending(LeaseScope scope) {
        return jdbc.sql("select count(*) from lease where " + LeaseScope.CONDITION + " and state = " + REVOKING.sql())
                .params(scope.parameters())
                .query(Long.class)
                .single();
    }

    @Transactional(readOnly = true)
    public long living(LeaseScope scope, Instant now) {
        return jdbc.sql("select count(*) from lease where " + LeaseScope.CONDITION + " and state in ("
                        + LeaseState.sql(LeaseState.LIVING) + ") and expires_at > :now")
                .params(scope.parameters())
                .param("now", LeaseRows.utc(now))
                .query(Long.class)
                .single();
    }

    /** Those whose turn it is to be tried, of each connection at most so many. */
    @Transactional(readOnly = true)
    public List<Revoking> due(ConnectionId connection, Instant now, int limit) {
        return jdbc.sql("select " + LeaseOwner.USERNAME + " as username, revocation_attempts, " + LeaseRows.COLUMNS
                        + """
                         from lease where state = %s and connection_id = :connection
                            and (next_revocation_at is null or next_revocation_at <= :now)
                        order by next_revocation_at nulls first limit :limit
                        """.formatted(REVOKING.sql()))
                .param("connection", connection.value())
                .param("now", LeaseRows.utc(now))
                .param("limit", limit)
                .query(this::revoking)
                .list();
    }

    /** The connections that have something to be ended. */
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsDue(Instant now) {
        return jdbc.sql("""
                        select distinct connection_id from lease where state = %s
                            and (next_revocation_at is null or next_revocation_at <= :now)
                        """.formatted(REVOKING.sql()))
                .param("now", LeaseRows.utc(now))
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    /** Its key is gone from the tenant. The token is not kept, sealed or not. */
    @Transactional
    public void revoked(UUID lease, String reason, Instant now) {
        jdbc.sql("""
                        update lease set state = %s, failure = coalesce(failure, :reason),
                            ended_at = coalesce(ended_at, :now), next_revocation_at = null, hindrance = null,
                            sealed_with = null, nonce = null, ciphertext = null
                        where id = :id and state in (%s) returning %s
                        """.formatted(REVOKED.sql(), LeaseState.sql(REVOKED.sources()), EndedRow.COLUMNS))
                .param("id", lease)
                .param("reason", reason)
                .param("now", LeaseRows.utc(now))
                .query(EndedRow::read)
                .list()
                .forEach(one -> events.publishEvent(one.event()));
    }

    /**
     * The tenant could not be told; it is tried again then.
     *
     * @param hindrance why it could not, in a sentence that admins are shown
     */
    @Transactional
    public void notYet(UUID lease, Instant next, String hindrance) {
        jdbc.sql("""
                        update lease set revocation_attempts = revocation_attempts + 1, next_revocation_at = :next,
                            hindrance = :hindrance
                        where id = :id and state = %s
                        """.formatted(REVOKING.sql()))
                .param("id", lease)
                .param("next", LeaseRows.utc(next))
                .param("hindrance", hindrance)
                .update();
    }

    private Revoking revoking(ResultSet row, int number) throws SQLException {
        return new Revoking(
                new ConnectionId(row.getString("connection_id")),
                new Username(row.getString("username")),
                row.getInt("revocation_attempts"),
                rows.readToEnd(row));
    }
}
