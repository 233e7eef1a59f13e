package io.qlikbridge.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param issuer the issuer of the bridge's own access tokens; without it, the address the token was asked at
 * @param adminSecret the secret of client {@code admin}; without it, one is made on a database without clients
 * @param autoProvision whether the local user of a person is made at first sight
 * @param issuers the identity providers whose tokens for persons are trusted
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
     * @param issuerUri where it announces itself, as {@code /.well-known/openid-configuration} below it
     * @param audience what its tokens for the bridge have in {@code aud}; required, since a token for another
     *     application must not work here
     * @param usernameClaim the claim that names the person
     * @param usernamePrefix set before the claim's value, so that the same name at two issuers is two people
     * @param adminRole the role that brings the scope {@code bridge.admin}; none without it
     * @param rolesClaim where the roles are, as a name or as names with dots between; {@code roles} and
     *     {@code realm_access.roles} without it
     * @param emailDomains the domains of the e-mail addresses that it vouches for, such as {@code example.org}
     * @param groups the groups that its tokens may bring; those of other names are left out
     * @param groupPrefix set before the name of each group that its tokens bring
     * @param jwkSetUri where its public keys are; found by discovery without it
     * @param connections the connections that its persons may use, by their ids, or {@code *}; all without it
     * @param scopes what its persons may do: {@code bridge.apps}, {@code bridge.tokens}, or both; both without it
     * @param maxValidity the longest that a token handed to one of its persons may be asked to last
     */
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
            @Nullable Duration maxValidity) {

        public Issuer {
            audience = blankToNull(audience);
            adminRole = blankToNull(adminRole);
            rolesClaim = blankToNull(rolesClaim);
            emailDomains = copy(emailDomains);
            groups = copy(groups);
            jwkSetUri = blankToNull(jwkSetUri);
            connections = copy(connections);
            scopes = copy(scopes);
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
