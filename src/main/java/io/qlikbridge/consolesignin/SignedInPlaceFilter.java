package io.qlikbridge.consolesignin;

import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.wire.HeldPermit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a request of who has signed in change its place among strangers for one of its own. */
class SignedInPlaceFilter extends OncePerRequestFilter {

    private final ConsolePages pages;

    SignedInPlaceFilter(ConsolePages pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean signedIn = SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken;
        if (signedIn && !HeldPermit.signedIn(request)) {
            pages.refuse(
                    request,
                    response,
                    new BridgeException(
                            ProblemCode.TOO_BUSY,
                            "More is asked at once than the bridge serves. Load the page again shortly.",
                            null,
                            Duration.ofSeconds(1),
                            null));
            return;
        }
        chain.doFilter(request, response);
    }
}
