package io.qlikbridge.signin;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Has a client's secret looked at when {@link TokenThrottle} says so. It stands directly before the check, behind whatever
 * read the request: the client is the one whose secret would be compared, in whatever way it was written and sent.
 */
public final class ThrottledSecrets implements AuthenticationProvider {

    private static final int LONGEST_NAME = 200;

    /** The hash of a secret that was thrown away, of the same form and cost as those of clients. */
    static final String NOBODYS = "{bcrypt}$2a$10$vlQA7XowynJj9UXZVUZ2JeRwL16g6Oq0.qP.zZoC3vCq8ZOMOt7mq";

    private final AuthenticationProvider secrets;
    private final SignInPace pace;
    private final SignIns signIns;

    ThrottledSecrets(AuthenticationProvider secrets, TokenThrottle throttle, SignIns signIns, SignInPace.Pause pause) {
        this.secrets = secrets;
        this.pace = new SignInPace(throttle, pause);
        this.signIns = signIns;
    }

    /** Compares secrets with the hashes of these clients; of a client that does not exist it takes as long. */
    public static AuthenticationProvider checking(
            RegisteredClientRepository clients, PasswordEncoder hashes, TokenThrottle throttle, SignIns signIns) {
        ClientSecretAuthenticationProvider check =
                new ClientSecretAuthenticationProvider(new DecoyClients(clients, NOBODYS), new TokensNotKept());
        check.setPasswordEncoder(hashes);
        return new ThrottledSecrets(check, throttle, signIns, Thread::sleep);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return secrets.supports(authentication);
    }

    /** @throws SecretsThrottled when the secret is not looked at now */
    @Override
    public @Nullable Authentication authenticate(Authentication authentication) throws AuthenticationException {
        OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) authentication;
        TokenThrottle.Try next = pace.take(address(client), name(client));
        boolean told = false;
        try {
            Authentication authenticated = secrets.authenticate(client);
            told = true;
            if (authenticated == null) {
                next.abandoned();
            } else {
                next.succeeded();
                if (authenticated instanceof OAuth2ClientAuthenticationToken proved
                        && proved.getRegisteredClient() != null) {
                    signIns.succeeded(proved.getRegisteredClient(), address(client));
                }
            }
            return authenticated;
        } catch (OAuth2AuthenticationException refused) {
            if (OAuth2ErrorCodes.INVALID_CLIENT.equals(refused.getError().getErrorCode())) {
                told = true;
                next.failed();
                signIns.failed(name(client), address(client));
            }
            throw refused;
        } finally {
            if (!told) {
                next.abandoned();
            }
        }
    }

    private static CallerAddress address(OAuth2ClientAuthenticationToken client) {
        return CallerAddress.of(
                client.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null);
    }

    private static String name(OAuth2ClientAuthenticationToken client) {
        String name = client.getName();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
