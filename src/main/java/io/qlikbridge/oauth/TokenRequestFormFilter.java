package io.qlikbridge.oauth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses token requests that are none, before a secret is looked at, so that they count as no wrong secret. */
final class TokenRequestFormFilter extends OncePerRequestFilter {

    private final TokenRequestErrors errors;

    TokenRequestFormFilter(TokenRequestErrors errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HttpMethod.POST.matches(request.getMethod())) {
            try {
                TokenRequestForm.check(request);
            } catch (TokenRequestRefused refused) {
                errors.onAuthenticationFailure(request, response, refused);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
