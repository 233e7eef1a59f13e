package io.qlikbridge.signin;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * The clients as the check of secrets sees them: one that does not exist is there, with a secret that nobody knows. So a wrong
 * secret takes the same way, and the same time, whether the client exists or not, and the answers tell nobody which do.
 */
final class DecoyClients implements RegisteredClientRepository {

    private final RegisteredClientRepository clients;
    private final String secretHash;

    /** @param secretHash of a secret that was thrown away */
    DecoyClients(RegisteredClientRepository clients, String secretHash) {
        this.clients = clients;
        this.secretHash = secretHash;
    }

    @Override
    public RegisteredClient findByClientId(String clientId) {
        RegisteredClient client = clients.findByClientId(clientId);
        return client != null && client.getClientSecret() != null ? client : decoy(clientId);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return clients.findById(id);
    }

    @Override
    public void save(RegisteredClient client) {
        clients.save(client);
    }

    private RegisteredClient decoy(String clientId) {
        return RegisteredClient.withId(UUID.randomUUID().toString())
                .clientId(clientId)
                .clientSecret(secretHash)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
    }
}
