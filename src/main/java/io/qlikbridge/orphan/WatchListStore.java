package io.qlikbridge.orphan;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the watch list: failed attempts to issue whose key the tenant may have made, or may still make, without our knowing.
 */
@Component
class WatchListStore {

    private static final String OF_OWNER = "connection_id = ? and host = ? and subject = ?";

    private static final String OWNERS =
            "select connection_id, host, subject, max(" + LeaseOwner.usernameIn("issue_attempt") + """
            ) as username from issue_attempt where watched_until is not null and connection_id = :connection
            """;

    private static final String EACH_ONCE = " group by connection_id, host, subject ";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    WatchListStore(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Whether a key of this subject may be at the tenant that nobody has looked for in vain yet, or may still come. */
    @Transactional(readOnly = true)
    public boolean isWatched(LeaseOwner owner) {
        return jdbc.sql("select exists (select 1 from issue_attempt where " + OF_OWNER
                        + " and watched_until is not null)")
                .params(owner.connection().value(), owner.host().toString(), owner.subject())
                .query(Boolean.class)
                .single();
    }

    /** The connections that have somebody whose turn it is to be looked for. */
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsDue(Instant now) {
        return jdbc.sql("""
                        select distinct connection_id from issue_attempt
                        where watched_until is not null and next_look_at <= :now
                        """)
                .param("now", LeaseRows.utc(now))
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    /** Those whose turn it is, each subject once. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> due(ConnectionId connection, Instant now, int limit) {
        return jdbc.sql(OWNERS + " and next_look_at <= :now " + EACH_ONCE + " order by min(next_look_at) limit :limit")
                .param("connection", connection.value())
                .param("now", LeaseRows.utc(now))
                .param("limit", limit)
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    /** Everybody on the watch list of a connection, whether it is their turn or not. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> watched(ConnectionId connection) {
        return jdbc.sql(OWNERS + EACH_ONCE)
                .param("connection", connection.value())
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    /** An orphan is gone: its operation need not be looked for again. */
    @Transactional
    public void deleted(LeaseOwner owner, UUID operation, String qlikKeyId) {
        jdbc.sql("update issue_attempt set watched_until = null, next_look_at = null where operation = :operation")
                .param("operation", operation)
                .update();
        events.publishEvent(new OrphanDeleted(owner.connection(), owner.username(), owner.subject(), qlikKeyId));
    }

    /** The tenant was looked through for this subject; what can no longer appear is not watched any more. */
    @Transactional
    public void looked(LeaseOwner owner, Instant now, Instant next) {
        putOff("looked_at = now(), ", owner, next, now);
    }

    /**
     * The tenant could not be looked through; the watch goes on until it can.
     *
     * @param expired a key that could not appear after this has expired by now, and is not watched any more
     */
    @Transactional
    public void notLooked(LeaseOwner owner, Instant next, Instant expired) {
        putOff("", owner, next, expired);
    }

    private void putOff(String change, LeaseOwner owner, Instant next, Instant over) {
        jdbc.sql("update issue_attempt set " + change + """
                            next_look_at = case when watched_until > ? then cast(? as timestamptz) end,
                            watched_until = case when watched_until > ? then watched_until end
                        where watched_until is not null and
                        """ + OF_OWNER)
                .params(
                        LeaseRows.utc(over),
                        LeaseRows.utc(next),
                        LeaseRows.utc(over),
                        owner.connection().value(),
                        owner.host().toString(),
                        owner.subject())
                .update();
    }
}
