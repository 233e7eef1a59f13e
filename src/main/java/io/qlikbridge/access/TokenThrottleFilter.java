package io.qlikbridge.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 with {@code Retry-After} to a client of the token endpoint that has sent too many wrong secrets, before the
 * next one is looked at, so that a throttled guess tells nothing and costs nothing.
 */
final class TokenThrottleFilter extends OncePerRequestFilter {

    private static final String BASIC = "Basic ";
    private static final int LONGEST_NAME = 200;

    private final TokenThrottle throttle;
    private final TokenRequestErrors errors;

    TokenThrottleFilter(TokenThrottle throttle, TokenRequestErrors errors) {
        this.throttle = throttle;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String client = client(request);
        if (client == null) {
            chain.doFilter(request, response);
            return;
        }
        String address = request.getRemoteAddr();
        Duration wait = throttle.wait(address, client);
        if (!wait.isZero()) {
            errors.tooManyFailures(response, wait);
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
            throttle.failed(address, client);
        } else if (response.getStatus() == HttpStatus.OK.value()) {
            throttle.succeeded(address, client);
        }
    }

    /** The client that asks, as far as it says so; not the one that exists. */
    private static @Nullable String client(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String name = header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? nameIn(header.substring(BASIC.length()))
                : request.getParameter(OAuth2ParameterNames.CLIENT_ID);
        return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String nameIn(String credentials) {
        try {
            String both = new String(Base64.getDecoder().decode(credentials.strip()), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0 ? both : both.substring(0, colon);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
