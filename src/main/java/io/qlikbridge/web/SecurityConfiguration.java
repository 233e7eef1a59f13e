package io.qlikbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/** Which scope each address needs. The authorization server's own addresses have a chain of their own, in front. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String ADMIN = BearerProblems.SCOPE + "bridge.admin";
    private static final String APPS = BearerProblems.SCOPE + "bridge.apps";
    private static final String TOKENS = BearerProblems.SCOPE + "bridge.tokens";

    @Bean
    SecurityFilterChain bridgeFilterChain(
            HttpSecurity http, AuthenticationManagerResolver<HttpServletRequest> callers, BearerProblems problems) {
        BearerTokenAuthenticationFilter bearer = new BearerTokenAuthenticationFilter(callers);
        bearer.setAuthenticationEntryPoint(problems);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/me")
                        .authenticated()
                        // all methods, so that a wrong one is told as such to those who may use the right one
                        .requestMatchers("/api/v1/connections/*/apps")
                        .hasAuthority(APPS)
                        .requestMatchers("/api/v1/connections/*/token")
                        .hasAuthority(TOKENS)
                        .requestMatchers("/api/**")
                        .hasAuthority(ADMIN)
                        .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasAuthority(ADMIN)
                        // an unknown address is unknown to everybody
                        .anyRequest()
                        .permitAll())
                .addFilter(bearer)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no cookie signs anybody in, so no foreign page can ride on one
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
