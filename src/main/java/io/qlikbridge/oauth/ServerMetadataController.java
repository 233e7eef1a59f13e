package io.qlikbridge.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.qlikbridge.caller.TokenRules;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Announces the authorization server (RFC 8414). Spring's own announcement cannot leave out the endpoints that are off
 * here.
 */
@RestController
class ServerMetadataController {

    private final AccessProperties properties;
    private final List<String> grants;

    ServerMetadataController(AccessProperties properties, ObjectProvider<ExtensionGrant> extensions) {
        this.properties = properties;
        this.grants = Stream.concat(
                        Stream.of("client_credentials"),
                        extensions.orderedStream().map(ExtensionGrant::type))
                .toList();
    }

    @GetMapping("/.well-known/oauth-authorization-server")
    Metadata metadata() {
        String here = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        String issuer = properties.issuer() == null ? here : TokenRules.withoutSlash(properties.issuer());
        return new Metadata(
                properties.issuer() == null ? here : properties.issuer(),
                issuer + AuthorizationServerConfiguration.TOKEN,
                issuer + AuthorizationServerConfiguration.KEYS,
                Arrays.stream(Scope.values()).map(Scope::value).toList(),
                List.of(),
                grants,
                List.of("client_secret_basic", "client_secret_post"));
    }

    /** @param responseTypes required by the RFC, and none: nobody signs in with a browser here */
    record Metadata(
            String issuer,
            @JsonProperty("token_endpoint") String tokenEndpoint,
            @JsonProperty("jwks_uri") String keys,
            @JsonProperty("scopes_supported") List<String> scopes,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("grant_types_supported") List<String> grantTypes,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> authenticationMethods) {}
}
