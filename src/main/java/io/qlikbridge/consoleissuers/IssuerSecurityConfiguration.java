package io.qlikbridge.consoleissuers;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesignin.OverTls;
import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.issuer.TrustedIssuers;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** The way to an issuer and back, by Spring Security's filters. They keep nothing here: no token, no session, no request. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class IssuerSecurityConfiguration {

    @Bean
    // before that of the console
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    SecurityFilterChain issuerFilterChain(
            HttpSecurity http,
            TrustedIssuers issuers,
            BegunSignIns begun,
            IssuerPeople people,
            IssuerAdmittance admittance,
            IssuerRefusals refusals) {
        ClientRegistrationRepository clients =
                key -> issuers.signIn(key).map(IssuerSignIn::registration).orElse(null);
        return http.securityMatcher(IssuerPaths.START + "/*", IssuerPaths.CALLBACK + "/*")
                .addFilterBefore(start(clients, begun, refusals), AuthorizationFilter.class)
                .addFilterBefore(callback(clients, begun, people, admittance, refusals), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(policy -> policy.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static OAuth2AuthorizationRequestRedirectFilter start(
            ClientRegistrationRepository clients, BegunSignIns begun, IssuerRefusals refusals) {
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(clients, IssuerPaths.START);
        OAuth2AuthorizationRequestRedirectFilter filter = new OAuth2AuthorizationRequestRedirectFilter(requests) {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !OverTls.isFit(request);
            }
        };
        filter.setAuthorizationRequestRepository(begun);
        filter.setAuthenticationFailureHandler(refusals::notBegun);
        filter.setRequestCache(new NullRequestCache());
        return filter;
    }

    private static OAuth2LoginAuthenticationFilter callback(
            ClientRegistrationRepository clients,
            BegunSignIns begun,
            IssuerPeople people,
            IssuerAdmittance admittance,
            IssuerRefusals refusals) {
        OAuth2LoginAuthenticationFilter filter =
                new OAuth2LoginAuthenticationFilter(clients, new IssuerTokensNotKept(), IssuerPaths.CALLBACK + "/*");
        filter.setAuthorizationRequestRepository(begun);
        filter.setAuthenticationManager(people::authenticate);
        filter.setAuthenticationSuccessHandler(admittance);
        filter.setAuthenticationFailureHandler(refusals);
        filter.setSecurityContextRepository(new NullSecurityContextRepository());
        filter.setSessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy());
        filter.setAllowSessionCreation(false);
        return filter;
    }
}
