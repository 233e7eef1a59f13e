package io.qlikbridge.tokenexchange;

import io.qlikbridge.client.Scope;
import io.qlikbridge.oauth.RequestedScopes;
import io.qlikbridge.oauth.TokenRequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads a token exchange request (RFC 8693, section 2.1). Spring's own converter knows no ID tokens and no usernames. A parameter
 * without a value counts as left out (RFC 6749, section 3.2); that none comes twice was seen to before.
 */
class TokenExchangeConverter implements AuthenticationConverter {

    private static final String NEEDED = Scope.TOKENS.value();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (!TokenExchangeGrant.TYPE.equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
                || !(SecurityContextHolder.getContext().getAuthentication()
                        instanceof OAuth2ClientAuthenticationToken client)) {
            return null;
        }
        checkScope(request, client.getRegisteredClient());
        refuseActor(request);
        String requested = value(request, OAuth2ParameterNames.REQUESTED_TOKEN_TYPE);
        if (requested != null && !requested.equals(TokenTypes.ACCESS_TOKEN)) {
            throw refused("A user's token is an access token: leave requested_token_type out, or send "
                    + TokenTypes.ACCESS_TOKEN + ".");
        }
        String type = required(request, OAuth2ParameterNames.SUBJECT_TOKEN_TYPE);
        if (!TokenTypes.OF_SUBJECTS.contains(type)) {
            throw refused("There is no such subject_token_type here. Send one of "
                    + String.join(", ", TokenTypes.OF_SUBJECTS) + ".");
        }
        return new OAuth2TokenExchangeAuthenticationToken(
                TokenTypes.ACCESS_TOKEN,
                required(request, OAuth2ParameterNames.SUBJECT_TOKEN),
                type,
                client,
                null,
                null,
                one(request, OAuth2ParameterNames.RESOURCE),
                one(request, OAuth2ParameterNames.AUDIENCE),
                Set.of(NEEDED),
                Map.of());
    }

    private static void checkScope(HttpServletRequest request, @Nullable RegisteredClient client) {
        Set<String> had = client == null ? Set.of() : client.getScopes();
        List<String> asked = RequestedScopes.of(value(request, OAuth2ParameterNames.SCOPE), had);
        if (asked.stream().anyMatch(scope -> !scope.equals(NEEDED))) {
            throw new TokenRequestRefused(
                    OAuth2ErrorCodes.INVALID_SCOPE,
                    "A token exchange is for the scope " + NEEDED + " alone. Leave scope out, or send that one.");
        }
        if (!had.contains(NEEDED)) {
            throw new TokenRequestRefused(
                    OAuth2ErrorCodes.UNAUTHORIZED_CLIENT,
                    "A token exchange needs the scope " + NEEDED + ", which the client does not have.");
        }
    }

    private static void refuseActor(HttpServletRequest request) {
        if (value(request, OAuth2ParameterNames.ACTOR_TOKEN) != null
                || value(request, OAuth2ParameterNames.ACTOR_TOKEN_TYPE) != null) {
            throw refused("Delegation is not supported: the client itself is who acts for the user. Leave actor_token"
                    + " and actor_token_type out.");
        }
    }

    /** A token of the tenant is good at one place. */
    private static Set<String> one(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        List<String> sent = values == null
                ? List.of()
                : Arrays.stream(values).filter(value -> !value.isEmpty()).toList();
        if (sent.size() > 1) {
            throw new TokenRequestRefused(
                    ExchangeErrors.INVALID_TARGET,
                    "A token is for one connection, and " + name + " is sent more than once. Send it once, and ask for"
                            + " each connection by itself.");
        }
        return Set.copyOf(sent);
    }

    private static String required(HttpServletRequest request, String name) {
        String value = value(request, name);
        if (value == null) {
            throw refused("The body has no " + name + " (RFC 8693, section 2.1).");
        }
        return value;
    }

    private static @Nullable String value(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static TokenRequestRefused refused(String description) {
        return new TokenRequestRefused(OAuth2ErrorCodes.INVALID_REQUEST, description);
    }
}
