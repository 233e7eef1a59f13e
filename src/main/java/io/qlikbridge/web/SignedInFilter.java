package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.wire.RequestPermits;
import io.qlikbridge.wire.Wire;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Gives a place to each request whose caller signed in and may do what it asks for. In a filter chain of Spring Security, behind what
 * decides that; so it is no bean, which would be a filter of all requests.
 */
class SignedInFilter extends OncePerRequestFilter {

    private final RequestPermits places;
    private final ProblemAnswers answers;

    SignedInFilter(RequestPermits places, ProblemAnswers answers) {
        this.places = places;
        this.answers = answers;
    }

    static BridgeException tooBusy() {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "More is asked at once than the bridge serves. Ask again shortly.",
                null,
                Duration.ofSeconds(1),
                null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || caller instanceof AnonymousAuthenticationToken) {
            chain.doFilter(request, response);
            return;
        }
        Wire wire = Wire.current();
        if (wire != null) {
            wire.signedIn();
        }
        LimitedRequest body = WebUtils.getNativeRequest(request, LimitedRequest.class);
        if (body != null) {
            // a slow sender holds no place with a small body
            body.readIfSmall();
        }
        if (!places.enter(RequestPermits.Share.SIGNED_IN)) {
            answers.write(request, response, tooBusy(), HttpHeaders.EMPTY);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.leave(RequestPermits.Share.SIGNED_IN);
        }
    }
}
