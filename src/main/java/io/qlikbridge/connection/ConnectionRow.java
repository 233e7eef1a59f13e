package io.qlikbridge.connection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A connection at rest. Made whole and replaced whole. */
@Entity
@Table(name = "connection")
class ConnectionRow {

    @Id
    private String id;

    @Version
    private @Nullable Long version;

    private String type;

    private String host;

    @Enumerated(EnumType.STRING)
    private SubjectPolicy subjects;

    private String subjectTemplate;
    private @Nullable String sslBundle;

    /** A JSON object. */
    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String settings;

    private Instant createdAt;
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected ConnectionRow() {}

    /**
     * @param settings as JSON
     * @param version of the row this one replaces; {@code null} for a new one
     */
    ConnectionRow(Connection connection, String settings, @Nullable Long version) {
        this.id = connection.id().value();
        this.version = version;
        this.type = connection.type().rowName();
        this.host = connection.host().toString();
        this.subjects = connection.subjects();
        this.subjectTemplate = connection.subjectTemplate();
        this.sslBundle = connection.sslBundle();
        this.settings = settings;
        this.createdAt = connection.createdAt();
        this.updatedAt = connection.updatedAt();
    }

    @Nullable
    Long version() {
        return version;
    }

    Connection connection(ConnectionKinds kinds) {
        ConnectionType kind = ConnectionType.ofRow(type);
        return new Connection(
                new ConnectionId(id),
                kind,
                URI.create(host),
                subjects,
                subjectTemplate,
                sslBundle,
                kinds.read(kind, settings),
                createdAt,
                updatedAt);
    }
}
