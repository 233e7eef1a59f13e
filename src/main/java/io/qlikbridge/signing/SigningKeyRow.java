package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.vault.Sealed;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signing key at rest. Made whole; only its state, and what was found out about its certificate, ever change. */
@Entity
@Table(name = "signing_key")
class SigningKeyRow {

    @Id
    private UUID id;

    private String connectionId;
    private String kid;

    @Enumerated(EnumType.STRING)
    private KeyState state;

    private int bits;
    private String thumbprint;
    private String publicJwk;
    private String certificate;
    private Instant notAfter;

    @Embedded
    private Sealed pkcs8;

    private Instant createdAt;
    private @Nullable Integer warnedDays;
    private @Nullable Instant acceptedAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected SigningKeyRow() {}

    SigningKeyRow(SigningKey key) {
        this.id = key.id();
        this.connectionId = key.connection().value();
        this.kid = key.kid();
        this.state = key.state();
        this.bits = key.bits();
        this.thumbprint = key.thumbprint();
        this.publicJwk = key.publicJwk();
        this.certificate = key.certificate();
        this.notAfter = key.notAfter();
        this.pkcs8 = key.pkcs8();
        this.createdAt = key.createdAt();
    }

    SigningKey key() {
        return new SigningKey(
                id,
                new ConnectionId(connectionId),
                kid,
                state,
                bits,
                thumbprint,
                publicJwk,
                certificate,
                notAfter,
                pkcs8,
                createdAt);
    }

    /** When the tenant last accepted what the key signed; {@code null} for never. */
    @Nullable
    Instant acceptedAt() {
        return acceptedAt;
    }
}
