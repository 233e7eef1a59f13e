package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.setup.SetupCredential;
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
        return List.of(
                SetupStep.reading("administrator", () -> administrator.take(visit)),
                SetupStep.making("identity-provider", () -> identityProvider.take(visit)),
                SetupStep.making("web-integration", () -> webIntegration.take(visit)),
                SetupStep.reading("groups", () -> groups.take(visit)),
                SetupStep.reading("api-keys", () -> apiKeys.take(visit)));
    }
}
