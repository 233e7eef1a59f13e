package io.qlikbridge.oauth;

import io.qlikbridge.client.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads a token request; one that asks for no scope asks for all that the client has (RFC 6749, section 3.3). */
class TokenRequestConverter implements AuthenticationConverter {

    private static final int MOST_NAMED = 3;
    private static final int LONGEST_NAMED = 40;

    private final OAuth2ClientCredentialsAuthenticationConverter spring =
            new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication asked = spring.convert(request);
        if (asked instanceof OAuth2ClientCredentialsAuthenticationToken credentials
                && credentials.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) {
            RegisteredClient registered = client.getRegisteredClient();
            if (registered != null) {
                checkScopes(request.getParameter(OAuth2ParameterNames.SCOPE), registered.getScopes());
                if (credentials.getScopes().isEmpty()) {
                    return new OAuth2ClientCredentialsAuthenticationToken(
                            client, registered.getScopes(), credentials.getAdditionalParameters());
                }
            }
        }
        return asked;
    }

    /** A parameter without a value counts as left out (RFC 6749, section 3.2). */
    private static void checkScopes(@Nullable String asked, Set<String> had) {
        if (asked == null || asked.isEmpty()) {
            return;
        }
        List<String> names = Arrays.asList(asked.split(" ", -1));
        if (names.contains("")) {
            throw refused(
                    asked.isBlank()
                            ? "The scope is blank."
                            : "Scopes have one blank between them, and none in front or behind.");
        }
        if (asked.contains(",")) {
            throw refused("Scopes have a blank between them, not a comma.");
        }
        List<String> unknown =
                not(names, Stream.of(Scope.values()).map(Scope::value).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw refused("There is no scope " + String.join(", ", unknown) + ". There are "
                    + Stream.of(Scope.values()).map(Scope::value).collect(Collectors.joining(", ")) + ".");
        }
        List<String> lacked = not(names, had);
        if (!lacked.isEmpty()) {
            throw refused("The client does not have the scope " + String.join(", ", lacked) + ". It has "
                    + had.stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
    }

    private static List<String> not(List<String> names, Set<String> these) {
        return names.stream()
                .filter(name -> !these.contains(name))
                .distinct()
                .limit(MOST_NAMED)
                .map(TokenRequestConverter::harmless)
                .toList();
    }

    /** The description may hold few characters (RFC 6749, section 5.2), and nobody's long ones. */
    private static String harmless(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._:/-]", "?");
        return plain.length() > LONGEST_NAMED ? plain.substring(0, LONGEST_NAMED) + "..." : plain;
    }

    private static TokenRequestRefused refused(String fault) {
        return new TokenRequestRefused(
                OAuth2ErrorCodes.INVALID_SCOPE, fault + " Leave scope out to get those the client has.");
    }
}
