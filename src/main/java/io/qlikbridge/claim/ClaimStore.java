package io.qlikbridge.claim;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the claims to issue. The protocol is in the SQL: the partial unique indexes of the table let one replica claim at a
 * time, and one lease of a user be active.
 */
@Component
public class ClaimStore {

    private static final String ABANDON = """
            update lease set state = 'FAILED', failure = 'abandoned', may_have_acted = true, ended_at = :now,
                attempts = 0, next_attempt_at = :now, watched_until = :until
            where state = 'ISSUING' and claim_deadline < clock_timestamp()
            """;

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
     */
    @Transactional
    public Optional<Claim> claim(LeaseKey holder, Subject subject, Duration deadline, Instant now, Duration watch) {
        if (isBeingChanged(holder)) {
            return Optional.empty();
        }
        jdbc.sql(ABANDON + "and connection_id = :connection and user_id = :user")
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        Claim claim = new Claim(Generators.timeBasedEpochGenerator().generate(), UUID.randomUUID());
        int won = jdbc.sql("""
                        insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id,
                            claim_deadline, created_at)
                        values (:id, :connection, :user, :username, :subject, :host, :asserted, 'ISSUING', :operation,
                            clock_timestamp() + :deadline * interval '1 millisecond', clock_timestamp())
                        on conflict (connection_id, user_id) where state = 'ISSUING' do nothing
                        """)
                .param("id", claim.lease())
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .param("username", subject.user().username().value())
                .param("subject", holder.subject())
                .param("host", holder.host().toString())
                .param("asserted", holder.asserted())
                .param("operation", claim.operation())
                .param("deadline", deadline.toMillis())
                .update();
        return won == 1 ? Optional.of(claim) : Optional.empty();
    }

    /**
     * Whoever disables or maps the user in a transaction that is not over has not seen this claim, so it waits. Holds the
     * user as it is until the claim is there to be seen.
     */
    private boolean isBeingChanged(LeaseKey holder) {
        return jdbc.sql("select id from local_user where id = :user for share skip locked")
                .param("user", holder.user())
                .query(UUID.class)
                .optional()
                .isEmpty();
    }

    /** Ends the claims whose owner has died, and watches what may come of them. Deadlines go by the database's clock. */
    @Transactional
    public int abandon(Instant now, Duration watch) {
        return jdbc.sql(ABANDON)
                .param("now", LeaseRows.utc(now))
                .param("until", LeaseRows.utc(now.plus(watch)))
                .update();
    }

    /** Gives a claim back that turned out not to be needed. */
    @Transactional
    public void release(LeaseKey holder, Claim claim) {
        jdbc.sql("delete from lease where id = :id and state = 'ISSUING'")
                .param("id", claim.lease())
                .update();
        changes.changed(holder.change());
    }

    /**
     * Puts the deadline of a claim off, to that long from now.
     *
     * @return whether the claim is still ours
     */
    @Transactional
    public boolean extend(Claim claim, Duration deadline) {
        return jdbc.sql("""
                                update lease set claim_deadline = clock_timestamp() + :deadline * interval '1 millisecond'
                                where id = :id and state = 'ISSUING'
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
                        delete from lease
                        where connection_id = :connection and user_id = :user and state = 'FAILED'
                            and watched_until is null
                        """)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        int hit = jdbc.sql("""
                        update lease set state = 'FAILED', failure = :reason, may_have_acted = :mayHaveActed, ended_at = :now,
                            attempts = 0, next_attempt_at = :now,
                            watched_until = case when :mayHaveActed then cast(:until as timestamptz) end
                        where id = :id and state = 'ISSUING'
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
        jdbc.sql("update lease set watched_until = null, next_attempt_at = null where id = :id and state = 'FAILED'")
                .param("id", claim.lease())
                .update();
    }
}
