package io.qlikbridge.connectionadmin;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.connection.SubjectPolicy;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is shown to an admin: what was sent, and what came of it.
 *
 * @param own what only connections of this type have, by its names
 * @param signingKey the one that signs now; {@code null} while there is none
 * @param warnings what the admin should see to, a sentence each; empty normally
 */
public record ConnectionAnswer(
        ConnectionId id,
        ConnectionType type,
        URI host,
        @JsonAnyGetter Map<String, @Nullable Object> own,
        SubjectPolicy subjects,
        String subjectTemplate,
        @Nullable String sslBundle,
        @Nullable SigningKeyView signingKey,
        List<String> warnings,
        Instant createdAt,
        Instant updatedAt) {

    static ConnectionAnswer of(
            Connection connection,
            Map<String, @Nullable Object> own,
            @Nullable SigningKeyView signingKey,
            List<String> warnings) {
        return new ConnectionAnswer(
                connection.id(),
                connection.type(),
                connection.host(),
                own,
                connection.subjects(),
                connection.subjectTemplate(),
                connection.sslBundle(),
                signingKey,
                warnings,
                connection.createdAt(),
                connection.updatedAt());
    }
}
