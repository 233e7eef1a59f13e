package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.connection.SubjectPolicy;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is shown to an admin: what was sent, and what came of it.
 *
 * @param effectiveApiKeyExpiry the expiry that is asked for at the tenant
 * @param signingKey the one that signs now; {@code null} while there is none
 * @param warnings what the admin should see to, a sentence each; empty normally
 */
record ConnectionAnswer(
        ConnectionId id,
        ConnectionType type,
        URI host,
        @Nullable String webIntegrationId,
        @Nullable String origin,
        String issuer,
        ApiKeyExpiry apiKeyExpiry,
        ApiKeyExpiry effectiveApiKeyExpiry,
        SubjectPolicy subjects,
        String subjectTemplate,
        @Nullable String sslBundle,
        @Nullable SigningKeyView signingKey,
        List<String> warnings,
        Instant createdAt,
        Instant updatedAt) {

    static ConnectionAnswer of(Connection connection, SigningKeysInUse keys) {
        return new ConnectionAnswer(
                connection.id(),
                connection.type(),
                connection.host(),
                connection.webIntegrationId(),
                connection.origin(),
                connection.issuer(),
                connection.apiKeyExpiry(),
                connection.effectiveApiKeyExpiry(),
                connection.subjects(),
                connection.subjectTemplate(),
                connection.sslBundle(),
                keys.active(),
                keys.warnings(),
                connection.createdAt(),
                connection.updatedAt());
    }
}
