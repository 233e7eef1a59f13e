package io.qlikbridge.connection;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One Qlik deployment the bridge serves, and how to talk to it.
 *
 * @param host scheme, host and port of the tenant; no path
 * @param webIntegrationId ties requests to allowed origins; sent when there is one
 * @param origin the {@code Origin} header sent with the exchange; sent when there is one
 * @param issuer the {@code iss} of every assertion, as the tenant's identity provider has it
 * @param apiKeyExpiry how long the admin wants API keys to last
 * @param tenantMaximum the longest expiry the tenant was found to allow; {@code null} while that never mattered
 * @param subjectTemplate makes the subject of an unmapped user, from {@code {username}} and {@code {email}}
 * @param sslBundle the name of the Spring SSL bundle whose trust material verifies the host; the JDK's otherwise
 */
public record Connection(
        ConnectionId id,
        ConnectionType type,
        URI host,
        @Nullable String webIntegrationId,
        @Nullable String origin,
        String issuer,
        ApiKeyExpiry apiKeyExpiry,
        @Nullable ApiKeyExpiry tenantMaximum,
        SubjectPolicy subjects,
        String subjectTemplate,
        @Nullable String sslBundle,
        Instant createdAt,
        Instant updatedAt) {

    /** The expiry that is asked for: the admin's, cut to what the tenant allows. */
    public ApiKeyExpiry effectiveApiKeyExpiry() {
        return tenantMaximum == null ? apiKeyExpiry : apiKeyExpiry.atMost(tenantMaximum);
    }

    /** The same connection, made at another time. */
    public Connection createdAt(Instant time) {
        return new Connection(
                id,
                type,
                host,
                webIntegrationId,
                origin,
                issuer,
                apiKeyExpiry,
                tenantMaximum,
                subjects,
                subjectTemplate,
                sslBundle,
                time,
                updatedAt);
    }

    /**
     * The same connection at the host it had earlier, to end there what was begun there. Only what was issued there can be
     * shown there: nothing is signed for it, unless it is the present host after all.
     */
    public Connection at(URI formerHost) {
        return new Connection(
                id,
                type,
                formerHost,
                webIntegrationId,
                origin,
                issuer,
                apiKeyExpiry,
                tenantMaximum,
                subjects,
                subjectTemplate,
                sslBundle,
                createdAt,
                updatedAt);
    }
}
