package io.qlikbridge.oauth;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads a token request; one that asks for no scope asks for all that the client has (RFC 6749, section 3.3). */
class TokenRequestConverter implements AuthenticationConverter {

    private final OAuth2ClientCredentialsAuthenticationConverter spring =
            new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication asked = spring.convert(request);
        if (asked instanceof OAuth2ClientCredentialsAuthenticationToken credentials
                && credentials.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) {
            RegisteredClient registered = client.getRegisteredClient();
            if (registered != null) {
                RequestedScopes.of(request.getParameter(OAuth2ParameterNames.SCOPE), registered.getScopes());
                if (credentials.getScopes().isEmpty()) {
                    return new OAuth2ClientCredentialsAuthenticationToken(
                            client, registered.getScopes(), credentials.getAdditionalParameters());
                }
            }
        }
        return asked;
    }
}
