package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.vault.Sealed;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The certificates of a connection at rest. Made whole; only what was told of their end ever changes. */
@Entity
@Table(name = "site_certificate")
class SiteCertificateRow {

    @Id
    private UUID id;

    private String connectionId;
    private String root;
    private Instant rootNotAfter;
    private @Nullable String client;
    private @Nullable String clientThumbprint;
    private @Nullable Instant clientNotAfter;

    @Embedded
    private @Nullable Sealed pkcs8;

    private @Nullable Integer rootWarnedDays;
    private @Nullable Integer clientWarnedDays;
    private Instant createdAt;
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected SiteCertificateRow() {}

    SiteCertificateRow(KeptCertificates kept) {
        this.id = kept.id();
        this.connectionId = kept.connection().value();
        this.root = CertificateText.write(List.of(kept.root()));
        this.rootNotAfter = kept.root().getNotAfter().toInstant();
        this.pkcs8 = kept.pkcs8();
        this.createdAt = kept.createdAt();
        this.updatedAt = kept.updatedAt();
        if (!kept.client().isEmpty()) {
            this.client = CertificateText.write(kept.client());
            this.clientThumbprint = kept.clientThumbprint();
            this.clientNotAfter = kept.client().getFirst().getNotAfter().toInstant();
        }
    }

    KeptCertificates certificates() {
        return new KeptCertificates(
                id,
                new ConnectionId(connectionId),
                CertificateText.read(root).getFirst(),
                client == null ? List.of() : CertificateText.read(client),
                pkcs8,
                createdAt,
                updatedAt);
    }
}
