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

    ClaimStore(JdbcClient jdbc, LeaseRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Claims the right to issue for a user, unless somebody has it. A claim past its deadline is taken to be abandoned.
     * Deadlines go by the database's clock, which all replicas share.
     */
    @Transactional
    public Optional<Claim> claim(Holder holder, Subject subject, Duration deadline) {
        jdbc.sql("""
                        update lease set state = 'FAILED', failure = 'abandoned', may_have_acted = true
                        where connection_id = :connection and user_id = :user and state = 'ISSUING'
                            and claim_deadline < clock_timestamp()
                        """)
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

    /** Gives a claim back that turned out not to be needed. */
    @Transactional
    public void release(Holder holder, Claim claim) {
        jdbc.sql("delete from lease where id = :id and state = 'ISSUING'")
                .param("id", claim.lease())
                .update();
        LeaseNews.tell(jdbc, holder);
    }

    /**
     * Makes a claim the active lease, and the one before superseded, at once.
     *
     * @return empty when the claim was taken over meanwhile; then nothing was stored
     */
    @Transactional
    public Optional<Lease> activate(
            Holder holder, Claim claim, IssuedCredential issued, Instant issuedAt, Instant renewAt) {
        // the order of locks is the same everywhere: the claim first
        if (jdbc.sql("select id from lease where id = :id and state = 'ISSUING' for update")
                .param("id", claim.lease())
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            return Optional.empty();
        }
        jdbc.sql("""
                        update lease set state = 'SUPERSEDED'
                        where connection_id = :connection and user_id = :user and state = 'ACTIVE'
                        """)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        Credential credential = issued.credential();
        Sealed sealed = rows.seal(credential.token(), claim.lease());
        jdbc.sql("""
                        update lease set state = 'ACTIVE', qlik_key_id = :key, qlik_user_id = :qlikUser,
                            sealed_with = :sealedWith, nonce = :nonce, ciphertext = :ciphertext,
                            issued_at = :issuedAt, expires_at = :expiresAt, renew_at = :renewAt, last_used_at = :issuedAt
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
                .update();
        LeaseNews.tell(jdbc, holder);
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where id = :id")
                .param("id", claim.lease())
                .query(rows::read)
                .optional();
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
     * Ends a claim without a lease. Of a user's failures that left nothing at the tenant the last one alone is kept.
     *
     * @param mayHaveActed whether the tenant may have made a key all the same
     */
    @Transactional
    public void fail(Holder holder, Claim claim, String reason, boolean mayHaveActed) {
        jdbc.sql("""
                        delete from lease
                        where connection_id = :connection and user_id = :user and state = 'FAILED' and not may_have_acted
                        """)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        jdbc.sql("""
                        update lease set state = 'FAILED', failure = :reason, may_have_acted = :mayHaveActed
                        where id = :id and state = 'ISSUING'
                        """)
                .param("id", claim.lease())
                .param("reason", reason)
                .param("mayHaveActed", mayHaveActed)
                .update();
        LeaseNews.tell(jdbc, holder);
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
