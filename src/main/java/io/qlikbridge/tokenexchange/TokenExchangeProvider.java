package io.qlikbridge.tokenexchange;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/** {@link TokenExchange} as Spring's token endpoint asks for it. No bean: Spring would ask it about every other sign-in, too. */
final class TokenExchangeProvider implements AuthenticationProvider {

    private final TokenExchange exchange;

    TokenExchangeProvider(TokenExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenExchangeAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (authentication instanceof OAuth2TokenExchangeAuthenticationToken asked
                && asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken proved) {
            RegisteredClient registered = proved.getRegisteredClient();
            return registered == null ? null : exchange.exchange(registered, proved, asked);
        }
        return null;
    }
}
