package io.qlikbridge.cloudsettings;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What only a connection to Qlik Cloud has.
 *
 * @param webIntegrationId ties requests to allowed origins; sent when there is one
 * @param origin the {@code Origin} header sent with the exchange; sent when there is one
 * @param issuer the {@code iss} of every assertion, as the tenant's identity provider has it
 * @param apiKeyExpiry how long the admin wants API keys to last
 */
public record CloudSettings(
        @Nullable String webIntegrationId, @Nullable String origin, String issuer, ApiKeyExpiry apiKeyExpiry)
        implements ConnectionSettings {

    public static final ConnectionType TYPE = new ConnectionType("qlik-cloud");

    private static final Set<String> ADDRESSEE = Set.of("issuer", "webIntegrationId");

    /** Those of a connection to Qlik Cloud. */
    public static CloudSettings of(Connection connection) {
        return (CloudSettings) connection.settings();
    }

    @Override
    public Set<String> addressee() {
        return ADDRESSEE;
    }
}
