package io.qlikbridge.revocation;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.EndedRow;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.username.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

    /** Takes superseded leases out of use on which no promise rests any more, and that nobody can be using by now. */
    @Transactional
    public int retire(Instant now, Duration grace, int limit) {
        return jdbc.sql("""
                        update lease set state = 'REVOKING', failure = 'superseded', ended_at = :now, attempts = 0,
                            next_attempt_at = :now
                        where id in (select id from lease where state = 'SUPERSEDED'
                            and superseded_at <= :since and (promised_until is null or promised_until <= :now)
                            order by superseded_at limit :limit for update skip locked)
                        """)
                .param("now", LeaseRows.utc(now))
                .param("since", LeaseRows.utc(now.minus(grace)))
                .param("limit", limit)
                .update();
    }

    /** The leases that are to be ended at their tenant, within a scope. */
    @Transactional(readOnly = true)
    public List<Revoking> revoking(LeaseScope scope, int limit) {
        return jdbc.sql("select " + LeaseOwner.USERNAME + " as username, attempts, " + LeaseRows.COLUMNS
                        + " from lease where " + LeaseScope.CONDITION
                        + " and state = 'REVOKING' order by id limit :limit")
                .params(scope.parameters())
                .param("limit", limit)
                .query(this::revoking)
                .list();
    }

    @Transactional(readOnly = true)
    public long pending(LeaseScope scope) {
        return jdbc.sql("select count(*) from lease where " + LeaseScope.CONDITION + " and state = 'REVOKING'")
                .params(scope.parameters())
                .query(Long.class)
                .single();
    }

    /** Those whose turn it is to be tried, of each connection at most so many. */
    @Transactional(readOnly = true)
    public List<Revoking> due(ConnectionId connection, Instant now, int limit) {
        return jdbc.sql("select " + LeaseOwner.USERNAME + " as username, attempts, " + LeaseRows.COLUMNS + """
                         from lease where state = 'REVOKING' and connection_id = :connection
                            and (next_attempt_at is null or next_attempt_at <= :now)
                        order by next_attempt_at nulls first limit :limit
                        """)
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
                        select distinct connection_id from lease where state = 'REVOKING'
                            and (next_attempt_at is null or next_attempt_at <= :now)
                        """)
                .param("now", LeaseRows.utc(now))
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    /** Its key is gone from the tenant. The token is not kept, sealed or not. */
    @Transactional
    public void revoked(UUID lease, String reason, Instant now) {
        jdbc.sql("""
                        update lease set state = 'REVOKED', failure = coalesce(failure, :reason),
                            ended_at = coalesce(ended_at, :now), next_attempt_at = null, hindrance = null,
                            sealed_with = null, nonce = null, ciphertext = null
                        where id = :id and state in ('REVOKING', 'SUPERSEDED') returning
                        """ + EndedRow.COLUMNS)
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
                        update lease set attempts = attempts + 1, next_attempt_at = :next, hindrance = :hindrance
                        where id = :id and state = 'REVOKING'
                        """)
                .param("id", lease)
                .param("next", LeaseRows.utc(next))
                .param("hindrance", hindrance)
                .update();
    }

    /** Ends what has come to its time; the tenant does not accept it any more. */
    @Transactional
    public int expire(Instant now, int limit) {
        return jdbc.sql("""
                        update lease set state = 'EXPIRED', ended_at = coalesce(ended_at, expires_at), next_attempt_at = null,
                            hindrance = null,
                            sealed_with = null, nonce = null, ciphertext = null
                        where id in (select id from lease where state in ('ACTIVE', 'SUPERSEDED', 'REVOKING')
                            and expires_at <= :now order by expires_at limit :limit for update skip locked)
                        """)
                .param("now", LeaseRows.utc(now))
                .param("limit", limit)
                .update();
    }

    /** Forgets what ended before then. The audit goes on knowing it. */
    @Transactional
    public int forget(Instant before, int limit) {
        return jdbc.sql("""
                        delete from lease where id in (select id from lease where ended_at < :before
                            and state in ('REVOKED', 'EXPIRED', 'FAILED') and watched_until is null limit :limit)
                        """)
                .param("before", LeaseRows.utc(before))
                .param("limit", limit)
                .update();
    }

    private Revoking revoking(ResultSet row, int number) throws SQLException {
        return new Revoking(
                new ConnectionId(row.getString("connection_id")),
                new Username(row.getString("username")),
                row.getInt("attempts"),
                rows.readToEnd(row));
    }
}
