package io.qlikbridge.connection;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A connection at rest. Made whole and replaced whole. */
@Entity
@Table(name = "connection")
class ConnectionRow {

    @Id
    private String id;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private ConnectionType type;

    private String host;
    private @Nullable String webIntegrationId;
    private @Nullable String origin;
    private String issuer;
    private String apiKeyExpiry;
    private @Nullable String tenantMaximum;

    @Enumerated(EnumType.STRING)
    private SubjectPolicy subjects;

    private String subjectTemplate;
    private @Nullable String sslBundle;
    private Instant createdAt;
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected ConnectionRow() {}

    /** @param version of the row this one replaces; {@code null} for a new one */
    ConnectionRow(Connection connection, @Nullable Long version) {
        this.id = connection.id().value();
        this.version = version;
        this.type = connection.type();
        this.host = connection.host().toString();
        this.webIntegrationId = connection.webIntegrationId();
        this.origin = connection.origin();
        this.issuer = connection.issuer();
        this.apiKeyExpiry = connection.apiKeyExpiry().iso();
        this.tenantMaximum = connection.tenantMaximum() == null
                ? null
                : connection.tenantMaximum().iso();
        this.subjects = connection.subjects();
        this.subjectTemplate = connection.subjectTemplate();
        this.sslBundle = connection.sslBundle();
        this.createdAt = connection.createdAt();
        this.updatedAt = connection.updatedAt();
    }

    @Nullable
    Long version() {
        return version;
    }

    Connection connection() {
        return new Connection(
                new ConnectionId(id),
                type,
                URI.create(host),
                webIntegrationId,
                origin,
                issuer,
                new ApiKeyExpiry(apiKeyExpiry),
                tenantMaximum == null ? null : new ApiKeyExpiry(tenantMaximum),
                subjects,
                subjectTemplate,
                sslBundle,
                createdAt,
                updatedAt);
    }
}
