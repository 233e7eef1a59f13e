package io.qlikbridge.revocation;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.claim.ClaimStore;
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
    private final ClaimStore claims;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    WithdrawalStore(JdbcClient jdbc, ClaimStore claims, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.claims = claims;
        this.events = events;
        this.changes = changes;
    }

    /**
     * How many credentials of a connection may still be used at the tenant, those included that may be there without our
     * knowing and were not looked for since.
     */
    @Transactional(readOnly = true)
    public long alive(ConnectionId connection, Instant now) {
        // attempts first: what becomes a lease meanwhile is counted, if twice
        long unclear = claims.unclear(connection);
        return unclear
                + jdbc.sql("""
                        select count(*) from lease
                        where connection_id = :connection and state in (%s) and expires_at > :now
                        """.formatted(LeaseState.sql(LeaseState.LIVING)))
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
        claims.withdraw(scope, now, watch);
        int ended = 0;
        for (LeaseState state : LeaseState.REVOKING.sources()) {
            ended += begin(scope, state, reason, now, limit - ended);
        }
        return ended;
    }

    private int begin(LeaseScope scope, LeaseState from, String reason, Instant now, int limit) {
        if (limit <= 0) {
            return 0;
        }
        List<EndedRow> changed = jdbc.sql(
                        """
                        update lease set state = %s, failure = :reason, ended_at = :now, next_revocation_at = :now
                        where id in (select id from lease where %s and state = %s order by id limit :limit for update)
                        returning %s
                        """.formatted(LeaseState.REVOKING.sql(), LeaseScope.CONDITION, from.sql(), EndedRow.COLUMNS))
                .params(scope.parameters())
                .param("limit", limit)
                .param("reason", reason)
                .param("now", LeaseRows.utc(now))
                .query(EndedRow::read)
                .list();
        for (EndedRow one : changed) {
            one.tell(changes);
            events.publishEvent(one.event());
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
        return jdbc.sql("""
                        select 1 as turn, id, user_id, %s from issue_attempt where user_id in (:users) and failed_at is null
                        union all
                        select 2 as turn, id, user_id, %s from lease where user_id in (:users) and state in (%s)
                        order by turn, id
                        """.formatted(
                        LeaseOwner.columnsOf("issue_attempt"), LeaseOwner.COLUMNS, LeaseState.sql(LeaseState.USABLE)))
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
                        where user_id is not null and state in (%s) and expires_at > :now
                        order by issued_at, id
                        """.formatted(LeaseState.sql(LeaseState.USABLE)))
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
                                update lease set state = %1$s, failure = coalesce(failure, :reason),
                                    ended_at = coalesce(ended_at, :now), next_revocation_at = :later
                                where id = :id and (state = %1$s
                                    or state = %2$s and (:evenPromised or promised_until is null or promised_until <= :now))
                                """.formatted(LeaseState.REVOKING.sql(), LeaseState.SUPERSEDED.sql()))
                        .param("id", lease)
                        .param("now", LeaseRows.utc(now))
                        .param("reason", LeaseState.SUPERSEDED.slug())
                        .param("later", LeaseRows.utc(now.plus(BEING_ENDED)))
                        .param("evenPromised", evenPromised)
                        .update()
                == 1;
    }

    /** Whether the tenant may still accept it. */
    @Transactional(readOnly = true)
    public boolean isLiving(UUID lease) {
        return jdbc.sql("select exists (select from lease where id = :id and state in (%s))"
                        .formatted(LeaseState.sql(LeaseState.LIVING)))
                .param("id", lease)
                .query(Boolean.class)
                .single();
    }
}
