package io.qlikbridge.revocation;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.EndedRow;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.subject.UserLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes leases out of use, so that nobody is given them any more. The tenant is told by others. */
@Component
class WithdrawalStore {

    /** So long the background leaves to whoever is just ending a lease. */
    private static final Duration BEING_ENDED = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    WithdrawalStore(JdbcClient jdbc, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.events = events;
        this.changes = changes;
    }

    /**
     * How many credentials of a connection may still be used at the tenant, those included that may be there without our
     * knowing and were not looked for since.
     */
    @Transactional(readOnly = true)
    public long alive(ConnectionId connection, Instant now) {
        return jdbc.sql("""
                        select count(*) from lease where connection_id = :connection
                            and (state = 'ISSUING' or watched_until is not null and swept_at is null
                                or state in ('ACTIVE', 'SUPERSEDED', 'REVOKING') and expires_at > :now)
                        """)
                .param("connection", connection.value())
                .param("now", LeaseRows.utc(now))
                .query(Long.class)
                .single();
    }

    /**
     * Takes leases out of use, to be ended at the tenant, a page at a time. One that is being issued loses its claim, so that
     * it is not kept.
     *
     * @param watch how long a key may still appear of which the claim was lost
     * @return how many it were; fewer than {@code limit} when no more is left
     */
    @Transactional
    public int begin(LeaseScope scope, String reason, Instant now, Duration watch, int limit) {
        // claims first, the order in which a claim becomes a lease: so neither waits for the other in a circle
        update(scope, "ISSUING", Integer.MAX_VALUE, """
                        state = 'FAILED', failure = 'revoked while it was issued', may_have_acted = true, ended_at = :now,
                            attempts = 0, next_attempt_at = :now, watched_until = :until
                        """, reason, now, now.plus(watch));
        int ended = 0;
        for (String state : List.of("ACTIVE", "SUPERSEDED")) {
            ended += update(scope, state, limit - ended, """
                            state = 'REVOKING', failure = :reason, ended_at = :now, attempts = 0, next_attempt_at = :now
                            """, reason, now, now.plus(watch));
        }
        return ended;
    }

    private int update(
            LeaseScope scope, String state, int limit, String change, String reason, Instant now, Instant until) {
        if (limit <= 0) {
            return 0;
        }
        List<EndedRow> changed = jdbc.sql("update lease set " + change + " where id in (select id from lease where "
                        + LeaseScope.CONDITION + " and state = :state order by id limit :limit for update) returning "
                        + EndedRow.COLUMNS)
                .params(scope.parameters())
                .param("state", state)
                .param("limit", limit)
                .param("reason", reason)
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(until))
                .query(EndedRow::read)
                .list();
        for (EndedRow one : changed) {
            one.tell(changes);
            if (one.event().state() == LeaseState.REVOKING) {
                events.publishEvent(one.event());
            }
        }
        return changed.size();
    }

    /** The leases that these users could use, and whose they were when they were issued. */
    @Transactional(readOnly = true)
    public List<Usable> usable(Collection<UUID> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        // claims first, as everywhere
        return jdbc.sql("select id, user_id, " + LeaseOwner.COLUMNS + """
                         from lease where user_id in (:users) and state in ('ISSUING', 'ACTIVE', 'SUPERSEDED')
                        order by (state = 'ISSUING') desc, id
                        """)
                .param("users", users)
                .query((row, number) -> new Usable(
                        row.getObject("id", UUID.class), row.getObject("user_id", UUID.class), LeaseOwner.read(row)))
                .list();
    }

    /** Tells of each lease that is good for something yet, the oldest first. */
    @Transactional(readOnly = true)
    public void held(Instant now, UserLeases.Held told) {
        jdbc.sql("""
                        select connection_id, user_id, subject from lease
                        where user_id is not null and state in ('ACTIVE', 'SUPERSEDED') and expires_at > :now
                        order by issued_at, id
                        """)
                .param("now", LeaseRows.utc(now))
                .query((row, number) -> new Held(
                        new ConnectionId(row.getString("connection_id")),
                        row.getObject("user_id", UUID.class),
                        row.getString("subject")))
                .list()
                .forEach(one -> told.by(one.connection(), one.user(), one.subject()));
    }

    private record Held(ConnectionId connection, UUID user, String subject) {}

    /** A lease that its user could use. */
    record Usable(UUID lease, UUID user, LeaseOwner owner) {}

    /**
     * Takes one superseded lease out of use, to be ended at once.
     *
     * @return whether it is out of use
     */
    @Transactional
    public boolean takeOut(UUID lease, Instant now, boolean evenPromised) {
        return jdbc.sql("""
                                update lease set state = 'REVOKING', failure = coalesce(failure, 'superseded'),
                                    ended_at = coalesce(ended_at, :now), next_attempt_at = :later
                                where id = :id and (state = 'REVOKING'
                                    or state = 'SUPERSEDED' and (:evenPromised or promised_until is null or promised_until <= :now))
                                """)
                        .param("id", lease)
                        .param("now", LeaseRows.utc(now))
                        .param("later", LeaseRows.utc(now.plus(BEING_ENDED)))
                        .param("evenPromised", evenPromised)
                        .update()
                == 1;
    }
}
