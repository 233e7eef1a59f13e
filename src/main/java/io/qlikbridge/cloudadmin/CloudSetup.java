package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.CloudCredential;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.cloudsettings.CloudSignIn;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.setup.SetupCredential;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.setup.SetupOrder;
import io.qlikbridge.setup.SetupStep;
import io.qlikbridge.setup.TenantSetup;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sets a Qlik Cloud tenant up: the identity provider and the web integration are made where they are missing; what the tenant has set
 * of groups and API keys is read and judged, and never changed.
 */
@Component
class CloudSetup implements TenantSetup {

    private static final String ADMINISTRATOR = "administrator";
    private static final String IDENTITY_PROVIDER = "identity-provider";
    private static final String WEB_INTEGRATION = "web-integration";
    private static final String GROUPS = "groups";
    private static final String API_KEYS = "api-keys";

    private final AdministratorStep administrator;
    private final IdentityProviderStep identityProvider;
    private final WebIntegrationStep webIntegration;
    private final GroupsStep groups;
    private final ApiKeysStep apiKeys;

    CloudSetup(
            AdministratorStep administrator,
            IdentityProviderStep identityProvider,
            WebIntegrationStep webIntegration,
            GroupsStep groups,
            ApiKeysStep apiKeys) {
        this.administrator = administrator;
        this.identityProvider = identityProvider;
        this.webIntegration = webIntegration;
        this.groups = groups;
        this.apiKeys = apiKeys;
    }

    @Override
    public Optional<SetupCredential> credential(ConnectionRequest authorization) {
        return AdminCredential.read(authorization);
    }

    @Override
    public List<SetupStep> steps(Connection connection, SetupOrder order) {
        identityProvider.requireKey(connection, order.kid());
        AdminVisit visit = new AdminVisit(connection, order);
        CloudSettings settings = CloudSettings.of(connection);
        SetupStep ofTheAdministrator = SetupStep.reading(ADMINISTRATOR, () -> administrator.take(visit));
        if (settings.signIn() == CloudSignIn.OAUTH_IMPERSONATION) {
            return List.of(
                    ofTheAdministrator,
                    skipped(
                            IDENTITY_PROVIDER,
                            "The connection signs in as an OAuth client, of which the tenant wants no identity provider."),
                    skipped(WEB_INTEGRATION, "Access tokens need no web integration."),
                    skipped(GROUPS, "Impersonated users have the groups that the tenant has of them."),
                    skipped(API_KEYS, "The connection keeps access tokens, and has no API keys made."));
        }
        return List.of(
                ofTheAdministrator,
                SetupStep.making(IDENTITY_PROVIDER, () -> identityProvider.take(visit)),
                SetupStep.making(WEB_INTEGRATION, () -> webIntegration.take(visit)),
                SetupStep.reading(GROUPS, () -> groups.take(visit)),
                settings.issues() == CloudCredential.API_KEY
                        ? SetupStep.reading(API_KEYS, () -> apiKeys.take(visit))
                        : skipped(API_KEYS, "The connection keeps sessions, and has no API keys made."));
    }

    private static SetupStep skipped(String name, String why) {
        return SetupStep.reading(name, () -> SetupFinding.skipped(why));
    }
}
