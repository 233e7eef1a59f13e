package io.qlikbridge.issuing;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.claim.Claim;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseRows;
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
        Instant lastUsed = attempt.renewal() ? former.lastUsedAt() : issuedAt;
        Credential credential = issued.credential();
        Sealed sealed = rows.seal(credential.token(), claim.lease(), holder);
        jdbc.sql("""
                        update lease set state = 'ACTIVE', qlik_key_id = :key, qlik_user_id = :qlikUser,
                            sealed_with = :sealedWith, nonce = :nonce, ciphertext = :ciphertext, seal_form = :sealForm,
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

    /** What goes on with the next lease of a user. */
    private record Former(
            @Nullable Instant lastUsedAt, @Nullable Instant sweptAt) {}

    private Former supersede(LeaseKey holder, Instant now) {
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
}
