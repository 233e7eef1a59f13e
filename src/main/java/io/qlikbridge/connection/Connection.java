package io.qlikbridge.connection;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One Qlik deployment the bridge serves, and how to talk to it.
 *
 * @param host scheme, host and port of the tenant; no path
 * @param subjectTemplate makes the subject of an unmapped user, from {@code {username}} and {@code {email}}
 * @param sslBundle the name of the Spring SSL bundle whose trust material verifies the host; the JDK's otherwise
 * @param settings what only deployments of this type have; read by their adapter alone
 */
public record Connection(
        ConnectionId id,
        ConnectionType type,
        URI host,
        SubjectPolicy subjects,
        String subjectTemplate,
        @Nullable String sslBundle,
        ConnectionSettings settings,
        Instant createdAt,
        Instant updatedAt) {

    /** The same connection, made at another time. */
    public Connection createdAt(Instant time) {
        return new Connection(id, type, host, subjects, subjectTemplate, sslBundle, settings, time, updatedAt);
    }

    /** The same connection with other settings, as somebody changed it. */
    public Connection with(ConnectionSettings others, Instant time) {
        return new Connection(id, type, host, subjects, subjectTemplate, sslBundle, others, createdAt, time);
    }

    /**
     * The same connection at the host it had earlier, to end there what was begun there. Only what was issued there can be
     * shown there: nothing is signed for it, unless it is the present host after all.
     */
    public Connection at(URI formerHost) {
        return new Connection(
                id, type, formerHost, subjects, subjectTemplate, sslBundle, settings, createdAt, updatedAt);
    }
}
