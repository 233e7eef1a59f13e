package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another origin sends, by what browsers say of themselves (Fetch Metadata, {@code Sec-Fetch-Site}; RFC 6454,
 * {@code Origin}), before the body is read.
 */
class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final ConsolePages pages;
    private final String provedHereAlone;

    /** @param provedHereAlone a path whose requests have to say where they come from */
    SameOriginFilter(ConsolePages pages, String provedHereAlone) {
        this.pages = pages;
        this.provedHereAlone = provedHereAlone;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!READING.contains(request.getMethod()) && !isOurs(request)) {
            pages.refuse(
                    request,
                    response,
                    new BridgeException(
                            ProblemCode.FORBIDDEN,
                            "The form was sent by a page of another site, or by a program that does not say where it comes from."
                                    + " Open the page of the console, and send it from there."));
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isOurs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OURS.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return origin.equals(origin(request));
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.equals(provedHereAlone);
    }

    private static String origin(HttpServletRequest request) {
        String scheme = request.getScheme().toLowerCase(Locale.ROOT);
        int port = request.getServerPort();
        boolean own = scheme.equals("https") && port == 443 || scheme.equals("http") && port == 80;
        return scheme + "://" + request.getServerName().toLowerCase(Locale.ROOT) + (own ? "" : ":" + port);
    }
}
