package io.qlikbridge.lease;

import io.qlikbridge.tenant.Credential;
import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads leases out of their rows, opening the token from its seal. */
@Component
public class LeaseRows {

    public static final String COLUMNS = """
            id, connection_id, for_user, subject, host, asserted, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext,
            seal_form, issued_at, expires_at, promised_until, last_used_at
            """;

    private static final Logger log = LoggerFactory.getLogger(LeaseRows.class);

    private final Vault vault;

    LeaseRows(Vault vault) {
        this.vault = vault;
    }

    /**
     * The lease of this very holder; empty when it is another's. Whatever its row says, the token opens only if it was issued
     * for this holder.
     */
    public Optional<Lease> read(ResultSet row, LeaseKey holder) throws SQLException {
        Lease shut = read(row, Credential.LOST);
        return holder.holds(shut)
                ? Optional.of(read(row, vault.openText(sealed(row), place(shut.id(), holder))))
                : Optional.empty();
    }

    /** The lease without its token where the token does not open: enough to end it. */
    public Lease readToEnd(ResultSet row) throws SQLException {
        try {
            return read(row, vault.openText(sealed(row), place(row)));
        } catch (CannotOpen altered) {
            log.error("A lease is ended without its token", altered);
            return read(row, Credential.LOST);
        }
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getString("sealed_with"),
                row.getBytes("nonce"),
                row.getBytes("ciphertext"),
                row.getInt("seal_form"));
    }

    private static Lease read(ResultSet row, String token) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Instant expiresAt = row.getObject("expires_at", OffsetDateTime.class).toInstant();
        return new Lease(
                id,
                row.getString("subject"),
                URI.create(row.getString("host")),
                row.getString("asserted"),
                new Credential(row.getString("qlik_key_id"), token, expiresAt),
                row.getString("qlik_user_id"),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                instant(row, "promised_until"),
                instant(row, "last_used_at"));
    }

    /** A token as it goes into the row of this lease of this holder, and nowhere else. */
    public Sealed seal(String token, UUID lease, LeaseKey holder) {
        return vault.seal(token, place(lease, holder));
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Place place(UUID lease, LeaseKey holder) {
        return SealedLeases.TABLE.place(
                lease, holder.connection(), holder.host(), holder.user(), holder.subject(), holder.asserted());
    }

    /** As the row has it: enough to end the lease at its own host, not to hand it out. */
    private static Place place(ResultSet row) throws SQLException {
        return SealedLeases.TABLE.place(
                row.getObject("id", UUID.class),
                row.getString("connection_id"),
                row.getString("host"),
                row.getString("for_user"),
                row.getString("subject"),
                row.getString("asserted"));
    }
}
