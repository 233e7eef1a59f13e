package io.qlikbridge.issuing;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.claim.Claim;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
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
    public Optional<Lease> activate(
            Attempt attempt,
            IssuedCredential issued,
            Instant issuedAt,
            @Nullable Instant renewAt,
            @Nullable Instant promisedUntil) {
        LeaseKey holder = attempt.key();
        Claim claim = attempt.claim();
        if (!lock(holder, claim)) {
            return Optional.empty();
        }
        Former former = supersede(holder, issuedAt);
        // a renewal was not asked for by anybody who uses it
        Instant lastUsed = attempt.renewal() ? former.lastUsedAt() : issuedAt;
        Credential credential = issued.credential();
        Sealed sealed = rows.seal(credential.token(), claim.lease(), holder);
        jdbc.sql("""
                        with claim as (delete from issue_attempt where id = :id returning *)
                        insert into lease (id, operation, connection_id, user_id, for_user, username, subject, host, asserted,
                            state, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, created_at, issued_at,
                            expires_at, renew_at, last_used_at, swept_at, promised_until)
                        select id, operation, connection_id, user_id, :user, username, subject, host, :asserted,
                            %s, :key, :qlikUser, :sealedWith, :nonce, :ciphertext, :sealForm, created_at, :issuedAt,
                            :expiresAt, cast(:renewAt as timestamptz), cast(:lastUsed as timestamptz),
                            cast(:sweptAt as timestamptz), cast(:promisedUntil as timestamptz)
                        from claim
                        """.formatted(LeaseState.ACTIVE.sql()))
                .param("id", claim.lease())
                .param("user", holder.user())
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
                .param("lastUsed", lastUsed == null ? null : LeaseRows.utc(lastUsed))
                .param("promisedUntil", promisedUntil == null ? null : LeaseRows.utc(promisedUntil))
                .param("sweptAt", former.sweptAt() == null ? null : LeaseRows.utc(former.sweptAt()))
                .update();
        changes.changed(holder.change());
        events.publishEvent(new LeaseIssued(
                claim.lease(),
                holder.connection(),
                attempt.subject().user().username(),
                holder.subject(),
                credential.id(),
                credential.expiresAt(),
                attempt.renewal()));
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where id = :id")
                .param("id", claim.lease())
                .query((row, number) -> rows.read(row, holder))
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * Holds the claim until it is a lease. The order of locks is the same everywhere: connection and user, to which the new row
     * will refer, then the claim, then leases.
     */
    private boolean lock(LeaseKey holder, Claim claim) {
        jdbc.sql("select id from connection where id = :connection for key share")
                .param("connection", holder.connection().value())
                .query(String.class)
                .optional();
        jdbc.sql("select id from local_user where id = :user for key share")
                .param("user", holder.user())
                .query(UUID.class)
                .optional();
        return jdbc.sql("select id from issue_attempt where id = :id and failed_at is null for update")
                .param("id", claim.lease())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** What goes on with the next lease of a user. */
    private record Former(
            @Nullable Instant lastUsedAt, @Nullable Instant sweptAt) {}

    private Former supersede(LeaseKey holder, Instant now) {
        return jdbc.sql("""
                        update lease set renewal_attempts = 0, next_renewal_at = null, superseded_at = :now,
                            state = cast(case when subject = :subject then %s else %s end as lease_state)
                        where connection_id = :connection and user_id = :user and state = %s
                        returning last_used_at, coalesce(swept_at, issued_at) as swept_at
                        """.formatted(LeaseState.SUPERSEDED.sql(), LeaseState.REVOKING.sql(), LeaseState.ACTIVE.sql()))
                .param("now", LeaseRows.utc(now))
                .param("subject", holder.subject())
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query((row, number) ->
                        new Former(LeaseRows.instant(row, "last_used_at"), LeaseRows.instant(row, "swept_at")))
                .optional()
                .orElse(new Former(null, null));
    }
}
