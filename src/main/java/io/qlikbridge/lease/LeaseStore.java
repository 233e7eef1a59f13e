package io.qlikbridge.lease;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps leases. The claim protocol is in the SQL, so it is plain SQL: the partial unique indexes of the table let one
 * replica claim at a time and one lease be active.
 */
@Component
@DependsOnDatabaseInitialization
class LeaseStore {

    static final String NOTIFICATIONS = "bridge_lease";

    private static final String LEASE_COLUMNS = """
            id, subject, host, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, issued_at, expires_at,
            promised_until, last_used_at
            """;

    private final JdbcClient jdbc;
    private final Vault vault;

    LeaseStore(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** The active lease of this very holder. */
    @Transactional(readOnly = true)
    public Optional<Lease> active(Holder holder) {
        return jdbc.sql("select " + LEASE_COLUMNS
                        + " from lease where connection_id = :connection and user_id = :user and state = 'ACTIVE'")
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query(this::lease)
                .optional()
                .filter(holder::holds);
    }

    /**
     * Claims the right to issue for a user, unless somebody has it. A claim past its deadline is taken to be abandoned.
     * Deadlines go by the database's clock, which all replicas share.
     */
    @Transactional
    public Optional<Claim> claim(Holder holder, Subject subject, Duration deadline) {
        jdbc.sql("""
                        update lease set state = 'FAILED', failure = 'abandoned'
                        where connection_id = :connection and user_id = :user and state = 'ISSUING'
                            and claim_deadline < clock_timestamp()
                        """)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        Claim claim = new Claim(Generators.timeBasedEpochGenerator().generate(), UUID.randomUUID());
        int won = jdbc.sql("""
                        insert into lease (id, connection_id, user_id, username, subject, host, state, operation_id,
                            claim_deadline, created_at)
                        values (:id, :connection, :user, :username, :subject, :host, 'ISSUING', :operation,
                            clock_timestamp() + :deadline * interval '1 millisecond', clock_timestamp())
                        on conflict (connection_id, user_id) where state = 'ISSUING' do nothing
                        """)
                .param("id", claim.lease())
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .param("username", subject.user().username().value())
                .param("subject", holder.subject())
                .param("host", holder.host().toString())
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
        tell(holder);
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
        Sealed sealed = vault.seal(credential.token(), place(claim.lease()));
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
                .param("issuedAt", utc(issuedAt))
                .param("expiresAt", utc(credential.expiresAt()))
                .param("renewAt", utc(renewAt))
                .update();
        tell(holder);
        return find(claim.lease());
    }

    /** Ends a claim without a lease. */
    @Transactional
    public void fail(Holder holder, Claim claim, String reason) {
        jdbc.sql("update lease set state = 'FAILED', failure = :reason where id = :id and state = 'ISSUING'")
                .param("id", claim.lease())
                .param("reason", reason)
                .update();
        tell(holder);
    }

    /** Takes a lease out of use that the tenant does not accept any more, if it still is in use. */
    @Transactional
    public void drop(Holder holder, UUID lease) {
        jdbc.sql("""
                        update lease set state = 'REVOKED', failure = 'no longer accepted by the tenant'
                        where id = :id and state = 'ACTIVE'
                        """).param("id", lease).update();
        tell(holder);
    }

    @Transactional
    public void used(UUID lease, Instant at) {
        jdbc.sql("update lease set last_used_at = greatest(last_used_at, :at) where id = :id")
                .param("id", lease)
                .param("at", utc(at))
                .update();
    }

    /** Remembers how long somebody was told that a lease lasts. */
    @Transactional
    public void promised(UUID lease, Instant until) {
        jdbc.sql("update lease set promised_until = greatest(promised_until, :until) where id = :id")
                .param("id", lease)
                .param("until", utc(until))
                .update();
    }

    /** How many credentials of a connection may still be used at the tenant. */
    @Transactional(readOnly = true)
    public long alive(ConnectionId connection, Instant now) {
        return jdbc.sql("""
                        select count(*) from lease where connection_id = :connection
                            and (state = 'ISSUING'
                                or state in ('ACTIVE', 'SUPERSEDED', 'REVOKING') and expires_at > :now)
                        """)
                .param("connection", connection.value())
                .param("now", utc(now))
                .query(Long.class)
                .single();
    }

    /** Takes all leases of a user out of use, to be ended at the tenant. */
    @Transactional
    public void beginRevokingOf(UUID user) {
        jdbc.sql("update lease set state = 'REVOKING' where user_id = :user and state in ('ACTIVE', 'SUPERSEDED')")
                .param("user", user)
                .update();
    }

    /** Takes all leases of a connection out of use, to be ended at the tenant. */
    @Transactional
    public void beginRevokingOn(ConnectionId connection) {
        jdbc.sql("""
                        update lease set state = 'REVOKING'
                        where connection_id = :connection and state in ('ACTIVE', 'SUPERSEDED')
                        """).param("connection", connection.value()).update();
    }

    /** The leases that are to be ended at their tenant, of one user or of one connection. */
    @Transactional(readOnly = true)
    public List<Revoking> revoking(@Nullable UUID user, @Nullable ConnectionId connection) {
        return jdbc.sql("select connection_id, " + LEASE_COLUMNS + """
                         from lease where state = 'REVOKING'
                            and (cast(:user as uuid) is null or user_id = :user)
                            and (cast(:connection as text) is null or connection_id = :connection)
                        order by id
                        """)
                .param("user", user)
                .param("connection", connection == null ? null : connection.value())
                .query((row, number) ->
                        new Revoking(new ConnectionId(row.getString("connection_id")), lease(row, number)))
                .list();
    }

    @Transactional
    public void revoked(UUID lease) {
        jdbc.sql("update lease set state = 'REVOKED' where id = :id and state = 'REVOKING'")
                .param("id", lease)
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

    private Optional<Lease> find(UUID id) {
        return jdbc.sql("select " + LEASE_COLUMNS + " from lease where id = :id")
                .param("id", id)
                .query(this::lease)
                .optional();
    }

    private void tell(Holder holder) {
        jdbc.sql("select pg_notify(:channel, :holder)")
                .param("channel", NOTIFICATIONS)
                .param("holder", holder.channel())
                .query((row, number) -> true)
                .single();
    }

    private Lease lease(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Sealed sealed = new Sealed(row.getString("sealed_with"), row.getBytes("nonce"), row.getBytes("ciphertext"));
        Instant expiresAt = row.getObject("expires_at", OffsetDateTime.class).toInstant();
        return new Lease(
                id,
                row.getString("subject"),
                URI.create(row.getString("host")),
                new Credential(row.getString("qlik_key_id"), vault.openText(sealed, place(id)), expiresAt),
                row.getString("qlik_user_id"),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                instant(row, "promised_until"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String place(UUID lease) {
        return "lease/" + lease;
    }
}
