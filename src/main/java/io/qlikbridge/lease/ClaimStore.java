package io.qlikbridge.lease;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.vault.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the claims to issue, and makes leases of them. The protocol is in the SQL: the partial unique indexes of the table
 * let one replica claim at a time, and one lease of a user be active.
 */
@Component
class ClaimStore {

    private final JdbcClient jdbc;
    private final LeaseRows rows;
    private final ApplicationEventPublisher events;

    ClaimStore(JdbcClient jdbc, LeaseRows rows, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
    }

    /**
     * Claims the right to issue for a user, unless somebody has it. A claim past its deadline is taken to be abandoned, and
     * its operation is watched. Deadlines go by the database's clock, which all replicas share.
     */
    @Transactional
    public Optional<Claim> claim(Holder holder, Subject subject, Duration deadline, Instant now, Duration watch) {
        if (isBeingChanged(holder)) {
            return Optional.empty();
        }
        jdbc.sql("""
                        update lease set state = 'FAILED', failure = 'abandoned', may_have_acted = true, ended_at = :now,
                            attempts = 0, next_attempt_at = :now, watched_until = :until
                        where connection_id = :connection and user_id = :user and state = 'ISSUING'
                            and claim_deadline < clock_timestamp()
                        """)
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
    private boolean isBeingChanged(Holder holder) {
        return jdbc.sql("select id from local_user where id = :user for share skip locked")
                .param("user", holder.user())
                .query(UUID.class)
                .optional()
                .isEmpty();
    }

    /** Gives a claim back that turned out not to be needed. */
    @Transactional
    public void release(Holder holder, Claim claim) {
        jdbc.sql("delete from lease where id = :id and state = 'ISSUING'")
                .param("id", claim.lease())
                .update();
        LeaseNews.tell(jdbc, holder);
    }

    /**
     * Makes a claim the active lease, and the one before superseded, at once. One before that is another subject's is not to
     * be used by anybody any more.
     *
     * @param promisedUntil what whoever waits for it is going to be told
     * @param renewal whether nobody waits for it
     * @return empty when the claim was taken over meanwhile; then nothing was stored
     */
    @Transactional
    public Optional<Lease> activate(
            Holder holder,
            Subject subject,
            Claim claim,
            IssuedCredential issued,
            Instant issuedAt,
            Instant renewAt,
            @Nullable Instant promisedUntil,
            boolean renewal) {
        // the order of locks is the same everywhere: the claim first
        if (jdbc.sql("select id from lease where id = :id and state = 'ISSUING' for update")
                .param("id", claim.lease())
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            return Optional.empty();
        }
        Former former = supersede(holder, issuedAt);
        // a renewal was not asked for by anybody who uses it
        Instant lastUsed = renewal ? former.lastUsedAt() : issuedAt;
        Credential credential = issued.credential();
        Sealed sealed = rows.seal(credential.token(), claim.lease());
        jdbc.sql("""
                        update lease set state = 'ACTIVE', qlik_key_id = :key, qlik_user_id = :qlikUser,
                            sealed_with = :sealedWith, nonce = :nonce, ciphertext = :ciphertext,
                            issued_at = :issuedAt, expires_at = :expiresAt, renew_at = :renewAt, last_used_at = :lastUsed,
                            swept_at = :sweptAt, promised_until = :promisedUntil
                        where id = :id
                        """)
                .param("id", claim.lease())
                .param("key", credential.id())
                .param("qlikUser", issued.qlikUserId())
                .param("sealedWith", sealed.sealedWith())
                .param("nonce", sealed.nonce())
                .param("ciphertext", sealed.ciphertext())
                .param("issuedAt", LeaseRows.utc(issuedAt))
                .param("expiresAt", LeaseRows.utc(credential.expiresAt()))
                .param("renewAt", LeaseRows.utc(renewAt))
                .param("lastUsed", lastUsed == null ? null : LeaseRows.utc(lastUsed))
                .param("promisedUntil", promisedUntil == null ? null : LeaseRows.utc(promisedUntil))
                .param("sweptAt", former.sweptAt() == null ? null : LeaseRows.utc(former.sweptAt()))
                .update();
        LeaseNews.tell(jdbc, holder);
        events.publishEvent(new LeaseIssued(
                claim.lease(),
                holder.connection(),
                subject.user().username(),
                holder.subject(),
                credential.id(),
                credential.expiresAt(),
                renewal));
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where id = :id")
                .param("id", claim.lease())
                .query(rows::read)
                .optional();
    }

    /** What goes on with the next lease of a user. */
    private record Former(
            @Nullable Instant lastUsedAt, @Nullable Instant sweptAt) {}

    private Former supersede(Holder holder, Instant now) {
        return jdbc.sql("""
                        update lease set attempts = 0, next_attempt_at = null, superseded_at = :now,
                            state = case when subject = :subject then 'SUPERSEDED' else 'REVOKING' end
                        where connection_id = :connection and user_id = :user and state = 'ACTIVE'
                        returning last_used_at, coalesce(swept_at, issued_at) as swept_at
                        """)
                .param("now", LeaseRows.utc(now))
                .param("subject", holder.subject())
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query((row, number) ->
                        new Former(LeaseRows.instant(row, "last_used_at"), LeaseRows.instant(row, "swept_at")))
                .optional()
                .orElse(new Former(null, null));
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
    public boolean fail(Holder holder, Subject subject, Claim claim, FailedIssue outcome, Instant now, Duration watch) {
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
        LeaseNews.tell(jdbc, holder);
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

    /** The id that tells this installation's keys from another's at a tenant; made at first sight. */
    @Transactional
    public UUID installation() {
        jdbc.sql("insert into lease_installation (id) values (:id) on conflict do nothing")
                .param("id", UUID.randomUUID())
                .update();
        return jdbc.sql("select id from lease_installation").query(UUID.class).single();
    }
}
