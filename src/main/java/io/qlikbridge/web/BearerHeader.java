package io.qlikbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * The access token of a request, from the header {@code Authorization} alone (RFC 6750, section 2.1). What Spring has for it
 * matches the whole token with a regular expression, which takes as long as all the rest of signing in.
 */
class BearerHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer";

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int start = SCHEME.length() + 1;
        if (header.length() <= start || header.charAt(SCHEME.length()) != ' ' || !isToken(header, start)) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return header.substring(start);
    }

    /** {@code b64token}: at least one character, and signs of equality at the end alone. */
    private static boolean isToken(String header, int start) {
        int end = header.length();
        while (end > start && header.charAt(end - 1) == '=') {
            end--;
        }
        for (int at = start; at < end; at++) {
            char one = header.charAt(at);
            boolean allowed = one >= 'a' && one <= 'z'
                    || one >= 'A' && one <= 'Z'
                    || one >= '0' && one <= '9'
                    || one == '-'
                    || one == '.'
                    || one == '_'
                    || one == '~'
                    || one == '+'
                    || one == '/';
            if (!allowed) {
                return false;
            }
        }
        return end > start;
    }
}
