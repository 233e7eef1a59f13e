package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.consolesession.SessionContexts;
import io.qlikbridge.failure.BearerProblems;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** What guards the console's addresses: a session of an admin, and proof that a form is one of ours. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class ConsoleSecurityConfiguration {

    private static final String ADMIN = BearerProblems.SCOPE + "bridge.admin";

    /** Its body is a large file, which is not read before it is known that a page of ours has sent it: by {@link SameOriginFilter}. */
    private static final String IMPORT = "/console/users/import";

    @Bean
    // behind that of the management port, which has no such addresses
    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    SecurityFilterChain consoleFilterChain(
            HttpSecurity http,
            SessionContexts sessions,
            SignInRequired refusals,
            ConsolePages pages,
            ObjectProvider<SignInOffer> offers) {
        return http.securityMatcher("/console", "/console/**")
                .securityContext(context -> context.securityContextRepository(sessions))
                .sessionManagement(policy -> policy.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(new ConsoleCsrfTokens()).ignoringRequestMatchers(IMPORT))
                .addFilterAfter(new FormFilter(pages), HeaderWriterFilter.class)
                .addFilterBefore(new SameOriginFilter(pages, IMPORT), CsrfFilter.class)
                .addFilterAfter(new SignedInPlaceFilter(pages), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/console/sign-in", "/console/sign-in/**", "/console/sign-out", "/console/assets/**")
                        .permitAll()
                        .requestMatchers("/console/first-secret")
                        .hasAuthority(ADMIN)
                        .anyRequest()
                        .access((who, request) -> new AuthorizationDecision(
                                isAdmin(who.get()) && !SessionContexts.hasFirstSecret(request.getRequest()))))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .headers(headers -> headers.addHeaderWriter(new PagePolicy(offers)))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static boolean isAdmin(Authentication who) {
        return who.getAuthorities().stream().anyMatch(authority -> ADMIN.equals(authority.getAuthority()));
    }
}
