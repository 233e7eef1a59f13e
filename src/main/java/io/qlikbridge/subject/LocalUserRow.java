package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A local user at rest, with the subjects it is mapped to. Made whole and replaced whole. */
@Entity
@Table(name = "local_user")
class LocalUserRow {

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String username;
    private @Nullable String name;
    private @Nullable String email;
    private boolean emailVerified;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] groups;

    private boolean enabled;
    private Instant createdAt;
    private Instant updatedAt;

    /** Kept and given up by statements of their own, so that no admin's change of a user takes it away. */
    @Column(insertable = false, updatable = false)
    private @Nullable String identityIssuer;

    @Column(insertable = false, updatable = false)
    private @Nullable String identitySubject;

    @ElementCollection(fetch = FetchType.LAZY)
    @BatchSize(size = 201) // a whole page, and one more, in one query
    @CollectionTable(name = "subject_mapping", joinColumns = @JoinColumn(name = "user_id"))
    @MapKeyColumn(name = "connection_id")
    private Map<String, KeptSubject> subjects;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected LocalUserRow() {}

    /** @param version of the row this one replaces; {@code null} for a new one */
    LocalUserRow(MappedUser mapped, @Nullable Long version) {
        LocalUser user = mapped.user();
        this.id = user.id();
        this.version = version;
        this.username = user.username().value();
        this.name = user.name();
        this.email = user.email();
        this.emailVerified = user.emailVerified();
        this.groups = user.groups().toArray(String[]::new);
        this.enabled = user.enabled();
        this.createdAt = mapped.createdAt();
        this.updatedAt = mapped.updatedAt();
        this.subjects = new HashMap<>();
        mapped.subjects().forEach((connection, subject) -> subjects.put(connection.value(), KeptSubject.of(subject)));
    }

    /**
     * A subject at rest.
     *
     * @param canonical its {@link QlikSpelling#key}; {@code null} where a former version wrote it
     */
    @Embeddable
    record KeptSubject(String subject, @Nullable String canonical) {

        static KeptSubject of(String subject) {
            return new KeptSubject(subject, QlikSpelling.key(subject));
        }
    }

    @Nullable
    Long version() {
        return version;
    }

    LocalUser user() {
        return new LocalUser(id, new Username(username), name, email, emailVerified, List.of(groups), enabled);
    }

    @Nullable
    Identity identity() {
        return identityIssuer == null || identitySubject == null ? null : new Identity(identityIssuer, identitySubject);
    }

    MappedUser mapped() {
        Map<ConnectionId, String> byConnection = new TreeMap<>();
        subjects.forEach((connection, subject) -> byConnection.put(new ConnectionId(connection), subject.subject()));
        return new MappedUser(user(), byConnection, createdAt, updatedAt, identity());
    }
}
