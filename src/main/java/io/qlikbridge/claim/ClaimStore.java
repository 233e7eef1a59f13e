package io.qlikbridge.claim;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.subject.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the claims to issue: rows of {@code issue_attempt} that have not failed. The protocol is in the SQL: a partial unique
 * index lets one replica claim at a time.
 */
@Component
public class ClaimStore {

    private static final String ABANDONED = "abandoned";
    private static final String WITHDRAWN = "revoked while it was issued";

    /** Without a clear end: the tenant may have made a key. */
    private static final String FAIL_UNCLEAR = """
            update issue_attempt set failed_at = :now, failure = :reason, next_look_at = :now, watched_until = :until
            where failed_at is null
            """;

    private static final String ABANDON = FAIL_UNCLEAR + " and deadline < clock_timestamp() ";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    ClaimStore(JdbcClient jdbc, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.events = events;
        this.changes = changes;
    }

    /**
     * Claims the right to issue for a user, unless somebody has it. A claim past its deadline is taken to be abandoned, and
     * its operation is watched. Deadlines go by the database's clock, which all replicas share.
     *
     * <p>One statement as a rule, and each by itself: what was abandoned stays so, whoever claims next.
     */
    public Optional<Claim> claim(LeaseKey holder, Subject subject, Duration deadline, Instant now, Duration watch) {
        Claim claim = new Claim(Generators.timeBasedEpochGenerator().generate(), UUID.randomUUID(), System.nanoTime());
        if (begin(claim, holder, subject, deadline)
                || abandon(holder, now, watch) > 0 && begin(claim, holder, subject, deadline)) {
            return Optional.of(claim);
        }
        return Optional.empty();
    }

    /**
     * Whoever disables or maps the user in a transaction that is not over has not seen this claim, so it waits: a user who is locked is
     * not claimed for. Holds the user as it is until the claim is there to be seen.
     */
    private boolean begin(Claim claim, LeaseKey holder, Subject subject, Duration deadline) {
        return jdbc.sql("""
                        insert into issue_attempt (id, operation, connection_id, user_id, username, subject, host, created_at,
                            deadline)
                        select :id, :operation, :connection, u.id, :username, :subject, :host, clock_timestamp(),
                            clock_timestamp() + :deadline * interval '1 millisecond'
                        from local_user u where u.id = :user for share skip locked
                        on conflict (connection_id, user_id) where failed_at is null do nothing
                        """)
                        .param("id", claim.lease())
                        .param("connection", holder.connection().value())
                        .param("user", holder.user())
                        .param("username", subject.user().username().value())
                        .param("subject", holder.subject())
                        .param("host", holder.host().toString())
                        .param("operation", claim.operation())
                        .param("deadline", deadline.plus(Claim.NEW_FOR).toMillis())
                        .update()
                == 1;
    }

    private int abandon(LeaseKey holder, Instant now, Duration watch) {
        return jdbc.sql(ABANDON + "and connection_id = :connection and user_id = :user")
                .param("reason", ABANDONED)
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
    }

    /** Ends the claims whose owner has died, and watches what may come of them. Deadlines go by the database's clock. */
    @Transactional
    public int abandon(Instant now, Duration watch) {
        return jdbc.sql(ABANDON)
                .param("reason", ABANDONED)
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .update();
    }

    /** Gives a claim back that turned out not to be needed. */
    @Transactional
    public void release(LeaseKey holder, Claim claim) {
        jdbc.sql("delete from issue_attempt where id = :id and failed_at is null")
                .param("id", claim.lease())
                .update();
        changes.changed(holder.change());
    }

    /**
     * Puts the deadline of a claim off, to that long from now.
     *
     * @return whether the claim is still ours
     */
    public boolean extend(Claim claim, Duration deadline) {
        return jdbc.sql("""
                                update issue_attempt set deadline = clock_timestamp() + :deadline * interval '1 millisecond'
                                where id = :id and failed_at is null
                                """)
                        .param("id", claim.lease())
                        .param("deadline", deadline.toMillis())
                        .update()
                == 1;
    }

    /**
     * Ends a claim without a lease. Where the tenant may have made a key all the same, its operation is watched from now on;
     * of a user's other failures the last one alone is kept.
     *
     * @return whether the claim was still there
     */
    @Transactional
    public boolean fail(
            LeaseKey holder, Subject subject, Claim claim, FailedIssue outcome, Instant now, Duration watch) {
        jdbc.sql("""
                        delete from issue_attempt
                        where connection_id = :connection and user_id = :user and failed_at is not null
                            and watched_until is null
                        """)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        int hit = jdbc.sql("""
                        update issue_attempt set failed_at = :now, failure = :reason,
                            next_look_at = case when :mayHaveActed then cast(:now as timestamptz) end,
                            watched_until = case when :mayHaveActed then cast(:until as timestamptz) end
                        where id = :id and failed_at is null
                        """)
                .param("id", claim.lease())
                .param("reason", outcome.code().slug())
                .param("mayHaveActed", outcome.mayHaveActed())
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .update();
        changes.changed(holder.change());
        events.publishEvent(new LeaseNotIssued(
                holder.connection(), subject.user().username(), holder.subject(), outcome.code(), outcome.renewal()));
        return hit == 1;
    }

    /** The key of a claim that was lost is gone from the tenant: it need not be looked for. */
    @Transactional
    public void undone(Claim claim) {
        jdbc.sql("""
                        update issue_attempt set watched_until = null, next_look_at = null
                        where id = :id and failed_at is not null
                        """).param("id", claim.lease()).update();
    }

    /**
     * Takes the claims of a scope from whoever has them, so that what is being issued is not kept.
     *
     * @param watch how long a key may still appear of which the claim was lost
     */
    @Transactional
    public void withdraw(LeaseScope scope, Instant now, Duration watch) {
        jdbc.sql(FAIL_UNCLEAR + " and id in (select id from issue_attempt where failed_at is null and "
                        + LeaseScope.CONDITION + " order by id for update) returning connection_id, user_id")
                .params(scope.parameters())
                .param("reason", WITHDRAWN)
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .query((row, number) -> change(row))
                .list()
                .forEach(ended -> ended.ifPresent(changes::changed));
    }

    private static Optional<Change> change(ResultSet row) throws SQLException {
        ConnectionId connection = new ConnectionId(row.getString("connection_id"));
        return Optional.ofNullable(row.getObject("user_id", UUID.class)).map(user -> LeaseKey.change(connection, user));
    }

    /** How many attempts of a connection are under way, or may have left a key that was not looked for since. */
    @Transactional(readOnly = true)
    public long unclear(ConnectionId connection) {
        return jdbc.sql("""
                        select count(*) from issue_attempt where connection_id = :connection
                            and (failed_at is null or watched_until is not null and looked_at is null)
                        """)
                .param("connection", connection.value())
                .query(Long.class)
                .single();
    }
}
