package io.qlikbridge.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param issuer the {@code iss} of the bridge's own access tokens; the address they were asked for at if not set
 * @param adminSecret the secret of the client {@code admin}, 12 to 72 characters. If not set, the start on a database without clients
 *     prints one that is good for being renewed alone
 * @param autoProvision whether the local user of a person is made at first sight
 * @param issuers the OpenID Connect issuers whose tokens for persons are trusted; none if not set
 */
@ConfigurationProperties("bridge.access")
public record AccessProperties(
        @Nullable String issuer,
        @Nullable String adminSecret,
        @DefaultValue("false") boolean autoProvision,
        @DefaultValue List<Issuer> issuers) {

    public AccessProperties {
        issuer = blankToNull(issuer);
        adminSecret = blankToNull(adminSecret);
        issuers = List.copyOf(issuers);
    }

    /**
     * A trusted OpenID Connect issuer.
     *
     * @param issuerUri the issuer, as in {@code iss}; its metadata is read from {@code /.well-known/openid-configuration} below it. Required
     * @param audience what {@code aud} of its tokens has to contain. Required: a token for another application must not work here
     * @param usernameClaim the claim that names the user
     * @param usernamePrefix put before that name. Two issuers need different prefixes, or the start is refused: the same name at two issuers is
     *     two people
     * @param adminRole who has this role is an admin; nobody if not set
     * @param rolesClaim the claim with the roles, a path with dots where it is nested; {@code roles} and {@code realm_access.roles} if not
     *     set
     * @param emailDomains domains whose addresses it vouches for: {@code example.org}, {@code *.example.org} or {@code *}. If not set: all
     *     for the only issuer, none for one of several
     * @param groups the groups that it may bring, by name, or {@code *}. If neither this nor {@code group-prefix} is set: all for the only
     *     issuer, none for one of several
     * @param groupPrefix put before the name of each group that it brings
     * @param jwkSetUri where its public keys are; discovered if not set
     * @param connections the ids of the connections that its persons may use; all if not set
     * @param scopes what its persons may do: {@code bridge.apps}, {@code bridge.tokens}, or both; both if not set
     * @param maxValidity the longest {@code minValidity} that its persons may ask for; what the connection's expiry allows if not set
     * @param consoleClientId the client at the issuer by which its admins sign in to the console; they cannot if not set
     * @param consoleClientSecret that client's secret; for a public client not set
     * @param consoleName what the console calls the issuer; its host if not set
     */
    @ConfigurationPropertiesSource
    public record Issuer(
            @Nullable String issuerUri,
            @Nullable String audience,
            @DefaultValue("preferred_username") String usernameClaim,
            @DefaultValue("") String usernamePrefix,
            @Nullable String adminRole,
            @Nullable String rolesClaim,
            @Nullable List<String> emailDomains,
            @Nullable List<String> groups,
            @DefaultValue("") String groupPrefix,
            @Nullable String jwkSetUri,
            @Nullable List<String> connections,
            @Nullable List<String> scopes,
            @Nullable Duration maxValidity,
            @Nullable String consoleClientId,
            @Nullable String consoleClientSecret,
            @Nullable String consoleName) {

        public Issuer {
            audience = blankToNull(audience);
            adminRole = blankToNull(adminRole);
            rolesClaim = blankToNull(rolesClaim);
            emailDomains = copy(emailDomains);
            groups = copy(groups);
            jwkSetUri = blankToNull(jwkSetUri);
            connections = copy(connections);
            scopes = copy(scopes);
            consoleClientId = blankToNull(consoleClientId);
            consoleClientSecret = blankToNull(consoleClientSecret);
            consoleName = blankToNull(consoleName);
        }

        @Override
        public String toString() {
            return "Issuer[issuerUri=" + issuerUri + ", audience=" + audience + ", consoleClientId=" + consoleClientId
                    + "]";
        }

        private static @Nullable List<String> copy(@Nullable List<String> values) {
            return values == null ? null : List.copyOf(values);
        }
    }

    @Override
    public String toString() {
        return "AccessProperties[issuer=" + issuer + ", autoProvision=" + autoProvision + ", issuers=" + issuers + "]";
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
