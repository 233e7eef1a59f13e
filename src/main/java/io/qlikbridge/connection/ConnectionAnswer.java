package io.qlikbridge.connection;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is shown to an admin: what was sent, and what came of it.
 *
 * @param effectiveApiKeyExpiry the expiry that is asked for at the tenant
 * @param signingKey the one that signs now; {@code null} while there is none
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
        Instant createdAt,
        Instant updatedAt) {

    static ConnectionAnswer of(Connection connection, @Nullable SigningKeyView signingKey) {
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
                signingKey,
                connection.createdAt(),
                connection.updatedAt());
    }
}
