package io.qlikbridge.oauth;

import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.ClientStore;
import io.qlikbridge.signin.BoundedSecretChecks;
import io.qlikbridge.signin.ClientSecrets;
import io.qlikbridge.signin.TokensNotKept;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * The bridge's own authorization server: client credentials for a JWT, the keys to verify it, and the grants that other modules
 * add. Nothing else of it is on.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerConfiguration {

    static final String TOKEN = "/oauth2/token";
    static final String KEYS = "/oauth2/jwks";

    @Bean
    // behind that of the management port, which has no such addresses
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    SecurityFilterChain authorizationServerFilterChain(
            HttpSecurity http,
            AccessTokenKeys keys,
            AccessProperties properties,
            Clock clock,
            ClientSecrets secrets,
            ClientStore store,
            ObjectProvider<ExtensionGrant> extensions) {
        List<ExtensionGrant> grants = extensions.orderedStream().toList();
        TokenRequestErrors errors =
                new TokenRequestErrors(grants.stream().map(ExtensionGrant::type).toList());
        return http.securityMatchers(requests ->
                        requests.requestMatchers(HttpMethod.POST, TOKEN).requestMatchers(HttpMethod.GET, KEYS))
                .oauth2AuthorizationServer(server -> ourGrantsOnly(server, secrets.provider(), grants, errors)
                        .authorizationService(new TokensNotKept())
                        .authorizationServerSettings(settings(properties))
                        .tokenGenerator(generator(keys, clock, store)))
                .addFilterAfter(new TokenRequestFormFilter(errors), HeaderWriterFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(errors))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    RegisteredClientRepository registeredClients(JdbcOperations jdbc) {
        return new JdbcRegisteredClientRepository(jdbc);
    }

    @Bean
    PasswordEncoder clientSecretHashes() {
        return BoundedSecretChecks.over(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    private static OAuth2AuthorizationServerConfigurer ourGrantsOnly(
            OAuth2AuthorizationServerConfigurer server,
            AuthenticationProvider secrets,
            List<ExtensionGrant> grants,
            TokenRequestErrors errors) {
        return server.clientAuthentication(client -> client.authenticationConverters(converters -> replace(
                                converters,
                                List.of(
                                        new ClientSecretBasicAuthenticationConverter(),
                                        new ClientSecretPostAuthenticationConverter())))
                        .authenticationProviders(providers -> replace(providers, List.of(secrets)))
                        .errorResponseHandler(errors))
                .tokenEndpoint(token -> token.accessTokenRequestConverters(converters -> {
                            replace(converters, List.of(new TokenRequestConverter()));
                            grants.forEach(grant -> converters.add(grant.converter()));
                        })
                        .authenticationProviders(providers -> {
                            providers.removeIf(
                                    each -> !(each instanceof OAuth2ClientCredentialsAuthenticationProvider));
                            grants.forEach(grant -> providers.add(grant.provider()));
                        })
                        .errorResponseHandler(errors));
    }

    private static <T> void replace(List<T> all, List<T> ours) {
        all.clear();
        all.addAll(ours);
    }

    private static AuthorizationServerSettings settings(AccessProperties properties) {
        AuthorizationServerSettings.Builder settings =
                AuthorizationServerSettings.builder().tokenEndpoint(TOKEN).jwkSetEndpoint(KEYS);
        if (properties.issuer() != null) {
            settings.issuer(properties.issuer());
        }
        return settings.build();
    }

    private static JwtGenerator generator(AccessTokenKeys keys, Clock clock, ClientStore store) {
        JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(keys));
        generator.setClock(clock);
        generator.setJwtCustomizer(token -> {
            String row = token.getRegisteredClient().getId();
            token.getClaims().audience(List.of(OwnTokens.AUDIENCE)).claim(OwnTokens.CLIENT, row);
            if (store.findByRow(row).filter(BridgeClient::firstSecret).isPresent()) {
                token.getClaims().claim(OwnTokens.FIRST, true);
            }
        });
        return generator;
    }
}
