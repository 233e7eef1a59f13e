package io.qlikbridge.lease;

import io.qlikbridge.tenant.Credential;
import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads leases out of their rows, opening the token from its seal. */
@Component
class LeaseRows {

    static final String COLUMNS = """
            id, subject, host, asserted, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, issued_at, expires_at,
            promised_until, last_used_at
            """;

    private static final Logger log = LoggerFactory.getLogger(LeaseRows.class);

    private final Vault vault;

    LeaseRows(Vault vault) {
        this.vault = vault;
    }

    /** @param number of the row in its result; of no account */
    Lease read(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return read(row, vault.openText(sealed(row), place(id)));
    }

    /** The lease without its token where the token does not open: enough to end it. */
    Lease readToEnd(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        try {
            return read(row, vault.openText(sealed(row), place(id)));
        } catch (CannotOpen altered) {
            log.error("A lease is ended without its token", altered);
            return read(row, Credential.LOST);
        }
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(row.getString("sealed_with"), row.getBytes("nonce"), row.getBytes("ciphertext"));
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

    /** A token as it goes into the row of this lease, and nowhere else. */
    Sealed seal(String token, UUID lease) {
        return vault.seal(token, place(lease));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String place(UUID lease) {
        return "lease/" + lease;
    }
}
