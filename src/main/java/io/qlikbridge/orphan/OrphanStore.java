package io.qlikbridge.orphan;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the watch list: operations whose key the tenant may have made, or may still make, without our knowing. */
@Component
class OrphanStore {

    private static final String OF_OWNER = "connection_id = ? and host = ? and subject = ?";

    private final JdbcClient jdbc;
    private final LeaseRows rows;
    private final ApplicationEventPublisher events;

    OrphanStore(JdbcClient jdbc, LeaseRows rows, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
    }

    /** Whether a key of this subject may be at the tenant that nobody has looked for in vain yet, or may still come. */
    @Transactional(readOnly = true)
    public boolean isWatched(LeaseOwner owner) {
        return jdbc.sql("select exists (select 1 from lease where " + OF_OWNER + " and watched_until is not null)")
                .params(owner.connection().value(), owner.host().toString(), owner.subject())
                .query(Boolean.class)
                .single();
    }

    /** The connections that have somebody whose turn it is to be looked for. */
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsDue(Instant now) {
        return connections(
                "select distinct connection_id from lease where watched_until is not null and next_attempt_at <= ?",
                now);
    }

    /** Those whose turn it is, each subject once. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> due(ConnectionId connection, Instant now, int limit) {
        return jdbc.sql("select connection_id, host, subject, max(" + LeaseOwner.USERNAME + """
                        ) as username from lease
                        where watched_until is not null and next_attempt_at <= ? and connection_id = ?
                        group by connection_id, host, subject order by min(next_attempt_at) limit ?
                        """)
                .params(LeaseRows.utc(now), connection.value(), limit)
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    /** Everybody on the watch list of a connection, whether it is their turn or not. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> watched(ConnectionId connection) {
        return jdbc.sql("select connection_id, host, subject, max(" + LeaseOwner.USERNAME + """
                        ) as username from lease
                        where watched_until is not null and connection_id = :connection
                        group by connection_id, host, subject
                        """)
                .param("connection", connection.value())
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    /** The connections that have users with a lease who were not looked at since then. */
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsNotSweptSince(Instant then) {
        return connections(
                "select distinct connection_id from lease where state = 'ACTIVE' and coalesce(swept_at, issued_at) < ?",
                then);
    }

    /** Users with a lease who were not looked at since then, those who wait longest first. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> notSweptSince(ConnectionId connection, Instant then, int limit) {
        return jdbc.sql("select " + LeaseOwner.COLUMNS + """
                         from lease where state = 'ACTIVE' and coalesce(swept_at, issued_at) < ? and connection_id = ?
                        order by coalesce(swept_at, issued_at) limit ?
                        """)
                .params(LeaseRows.utc(then), connection.value(), limit)
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    private List<ConnectionId> connections(String sql, Instant at) {
        return jdbc.sql(sql)
                .params(LeaseRows.utc(at))
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    @Transactional
    public void swept(LeaseOwner owner, Instant now) {
        jdbc.sql("update lease set swept_at = ? where state = 'ACTIVE' and " + OF_OWNER)
                .params(
                        LeaseRows.utc(now),
                        owner.connection().value(),
                        owner.host().toString(),
                        owner.subject())
                .update();
    }

    /** Those of the operations whose key belongs to a lease, is being made, or is about to be ended in good order. */
    @Transactional(readOnly = true)
    public Set<UUID> known(Collection<UUID> operations) {
        if (operations.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(
                jdbc.sql("""
                        select operation_id from lease where operation_id in (:operations)
                            and state in ('ISSUING', 'ACTIVE', 'SUPERSEDED', 'REVOKING')
                        """).param("operations", operations).query(UUID.class).list());
    }

    /** A credential of this very subject, to be shown at the tenant in place of a sign-in. */
    @Transactional(readOnly = true)
    public Optional<IssuedCredential> held(LeaseOwner owner, Instant now) {
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where " + OF_OWNER + """
                         and state in ('ACTIVE', 'SUPERSEDED') and expires_at > ? order by expires_at desc limit 1
                        """)
                .params(owner.connection().value(), owner.host().toString(), owner.subject(), LeaseRows.utc(now))
                .query((row, number) -> rows.readToEnd(row))
                .optional()
                .filter(lease -> !lease.credential().token().equals(Credential.LOST))
                .map(lease -> new IssuedCredential(lease.credential(), lease.qlikUserId()));
    }

    /** An orphan is gone: its operation need not be looked for again. */
    @Transactional
    public void deleted(LeaseOwner owner, UUID operation, String qlikKeyId) {
        jdbc.sql("update lease set watched_until = null, next_attempt_at = null where operation_id = :operation")
                .param("operation", operation)
                .update();
        events.publishEvent(new OrphanDeleted(owner.connection(), owner.username(), owner.subject(), qlikKeyId));
    }

    /** The tenant was looked through for this subject; what can no longer appear is not watched any more. */
    @Transactional
    public void looked(LeaseOwner owner, Instant now, Instant next) {
        jdbc.sql("""
                        update lease set attempts = attempts + 1, next_attempt_at = ?, swept_at = now(),
                            watched_until = case when watched_until > ? then watched_until end
                        where watched_until is not null and
                        """ + OF_OWNER)
                .params(
                        LeaseRows.utc(next),
                        LeaseRows.utc(now),
                        owner.connection().value(),
                        owner.host().toString(),
                        owner.subject())
                .update();
    }

    /**
     * The tenant could not be looked through; the watch goes on until it can.
     *
     * @param expired a key that could not appear after this has expired by now, and is not watched any more
     */
    @Transactional
    public void notLooked(LeaseOwner owner, Instant next, Instant expired) {
        jdbc.sql("""
                        update lease set attempts = attempts + 1, next_attempt_at = ?,
                            watched_until = case when watched_until > ? then watched_until end
                        where watched_until is not null and
                        """ + OF_OWNER)
                .params(
                        LeaseRows.utc(next),
                        LeaseRows.utc(expired),
                        owner.connection().value(),
                        owner.host().toString(),
                        owner.subject())
                .update();
    }
}
