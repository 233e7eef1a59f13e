package io.qlikbridge.signin;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** The one check of clients' secrets, wherever they are sent: wrong ones are counted together. */
@Component
public class ClientSecrets {

    private final AuthenticationProvider secrets;

    ClientSecrets(RegisteredClientRepository clients, PasswordEncoder hashes, Clock clock, SignIns signIns) {
        this.secrets = ThrottledSecrets.checking(clients, hashes, new TokenThrottle(clock), signIns);
    }

    /** For the token endpoint. No bean, which would be asked about everything else that has to be authenticated, too. */
    public AuthenticationProvider provider() {
        return secrets;
    }

    /**
     * The client whose secret this is; empty when it is not. Takes as long whether there is such a client or not.
     *
     * @param details where the request comes from
     * @throws SecretsThrottled when the secret is not looked at now
     * @throws OAuth2AuthenticationException {@code temporarily_unavailable} when too many are looked at
     */
    public Optional<RegisteredClient> check(String clientId, String secret, WebAuthenticationDetails details) {
        OAuth2ClientAuthenticationToken sent = new OAuth2ClientAuthenticationToken(
                clientId, ClientAuthenticationMethod.CLIENT_SECRET_POST, secret, Map.of());
        sent.setDetails(details);
        try {
            Authentication proved = secrets.authenticate(sent);
            return proved instanceof OAuth2ClientAuthenticationToken client
                    ? Optional.ofNullable(client.getRegisteredClient())
                    : Optional.empty();
        } catch (OAuth2AuthenticationException refused) {
            if (OAuth2ErrorCodes.INVALID_CLIENT.equals(refused.getError().getErrorCode())) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
