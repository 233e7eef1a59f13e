package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.wire.HeldPermit;
import io.qlikbridge.wire.RequestPermits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a place to each request that shows no access token. One that shows some has its token looked at without: that waits for no
 * caller, and ends in a refusal or in a place among {@link SignedInFilter those who signed in}. Liveness needs no place at all; a token
 * exchange changes its place for one among those who signed in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 25)
class StrangersFilter extends OncePerRequestFilter {

    private static final String TOKEN_ENDPOINTS = "/oauth2/";
    private static final String CONSOLE_SIGN_IN = "/console/sign-in";
    private static final String HEALTH = "/actuator/health";
    static final String LIVENESS = HEALTH + "/liveness";
    private static final String BEARER = "Bearer ";

    private final RequestPermits places;
    private final ProblemAnswers answers;

    StrangersFilter(RequestPermits places, ProblemAnswers answers) {
        this.places = places;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        RequestPermits.Share share = share(request, path);
        if (share == null) {
            chain.doFilter(request, response);
            return;
        }
        // multipart is refused there as RFC 6749 says, section 5.2, and never taken apart
        if ((path.startsWith(TOKEN_ENDPOINTS) || path.equals(CONSOLE_SIGN_IN))
                && !BodyLimitFilter.isMultipart(request)) {
            readForm(request);
        }
        HeldPermit place = HeldPermit.take(places, share, request);
        if (place == null) {
            answers.write(request, response, SignedInFilter.tooBusy(), HttpHeaders.EMPTY);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            place.giveBack();
        }
    }

    static boolean isTokenEndpoint(HttpServletRequest request) {
        return request.getRequestURI()
                .substring(request.getContextPath().length())
                .startsWith(TOKEN_ENDPOINTS);
    }

    /** The form for a token, or to sign in, comes in whole before it takes a place, however slow its sender is. It is small. */
    private static void readForm(HttpServletRequest request) throws IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8);
        request.getParameterMap();
    }

    private static RequestPermits.@Nullable Share share(HttpServletRequest request, String path) {
        if (path.startsWith(HEALTH)) {
            return path.equals(LIVENESS) ? null : RequestPermits.Share.PROBES;
        }
        String credential = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean token = credential != null && credential.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return token && !path.startsWith(TOKEN_ENDPOINTS) ? null : RequestPermits.Share.STRANGERS;
    }
}
