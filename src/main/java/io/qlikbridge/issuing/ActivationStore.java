package io.qlikbridge.issuing;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.vault.Sealed;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes leases of claims, with their tokens sealed. */
@Component
class ActivationStore {

    /**
     * One statement, in which each step waits for the one before, since it reads what that one found. The order of locks is the same
     * everywhere: connection and user, to which the new row refers, then the claim, then leases. Whoever has the claim is alone
     * in making leases of the user active, so what the statement saw at its beginning is still so.
     */
    private static final String ACTIVATE = """
            with place as materialized (select id from connection where id = :connection for key share),
                owner as materialized (select id from local_user where id = :user for key share),
                claim as (
                    delete from issue_attempt where id = :id and failed_at is null
                        and (select count(*) from place) + (select count(*) from owner) >= 0
                    returning *),
                former as (
                    update lease set renewal_attempts = 0, next_renewal_at = null, superseded_at = :issuedAt,
                        state = cast(case when subject = :subject then %1$s else %2$s end as lease_state)
                    where connection_id = :connection and user_id = :user and state = %3$s
                        and exists (select from claim)
                    returning last_used_at, coalesce(swept_at, issued_at) as swept_at)
            insert into lease (id, operation, connection_id, user_id, for_user, username, subject, host, asserted, state,
                qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, created_at, issued_at, expires_at,
                renew_at, last_used_at, swept_at, promised_until)
            select id, operation, connection_id, user_id, :user, username, subject, host, :asserted, %3$s,
                :key, :qlikUser, :sealedWith, :nonce, :ciphertext, :sealForm, created_at, :issuedAt, :expiresAt,
                cast(:renewAt as timestamptz),
                -- a renewal was not asked for by anybody who uses it
                case when :renewal then (select last_used_at from former) else :issuedAt end,
                (select swept_at from former), cast(:promisedUntil as timestamptz)
            from claim
            returning xmin, %4$s
            """.formatted(
                    LeaseState.SUPERSEDED.sql(), LeaseState.REVOKING.sql(), LeaseState.ACTIVE.sql(), LeaseRows.COLUMNS);

    private final JdbcClient jdbc;
    private final LeaseRows rows;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    ActivationStore(JdbcClient jdbc, LeaseRows rows, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
        this.changes = changes;
    }

    /**
     * Makes a claim the active lease, and the one before superseded, at once. One before that is another subject's is not to
     * be used by anybody any more.
     *
     * @param renewAt {@code null} for one that is not renewed
     * @param promisedUntil what whoever waits for it is going to be told
     * @return empty when the claim was taken over meanwhile; then nothing was stored
     */
    @Transactional
    public Optional<LeaseStore.Row> activate(
            Attempt attempt,
            IssuedCredential issued,
            Instant issuedAt,
            @Nullable Instant renewAt,
            @Nullable Instant promisedUntil) {
        LeaseKey holder = attempt.key();
        UUID id = attempt.claim().lease();
        Credential credential = issued.credential();
        Sealed sealed = rows.seal(credential.token(), id, holder);
        Optional<LeaseStore.Row> lease = jdbc.sql(ACTIVATE)
                .param("id", id)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .param("subject", holder.subject())
                .param("asserted", holder.asserted())
                .param("key", credential.id())
                .param("qlikUser", issued.qlikUserId())
                .param("sealedWith", sealed.sealedWith())
                .param("nonce", sealed.nonce())
                .param("ciphertext", sealed.ciphertext())
                .param("sealForm", sealed.sealForm())
                .param("issuedAt", LeaseRows.utc(issuedAt))
                .param("expiresAt", LeaseRows.utc(credential.expiresAt()))
                .param("renewAt", renewAt == null ? null : LeaseRows.utc(renewAt))
                .param("renewal", attempt.renewal())
                .param("promisedUntil", promisedUntil == null ? null : LeaseRows.utc(promisedUntil))
                .query((row, number) -> LeaseStore.Row.read(row, rows, holder))
                .optional()
                .flatMap(Function.identity());
        lease.ifPresent(one -> tell(attempt, issued, one));
        return lease;
    }

    private void tell(Attempt attempt, IssuedCredential issued, LeaseStore.Row row) {
        LeaseKey holder = attempt.key();
        changes.changed(holder.change(row.writtenBy()));
        events.publishEvent(new LeaseIssued(
                row.lease().id(),
                holder.connection(),
                attempt.subject().user().username(),
                holder.subject(),
                issued.credential().id(),
                issued.credential().expiresAt(),
                attempt.renewal()));
    }
}
