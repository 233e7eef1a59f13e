package io.qlikbridge.web;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the allowed origins call from a browser, and tells those of others that they may not. */
@Component
class FrontEnds extends DefaultCorsProcessor {

    /** What wants a client's secret is for no page. */
    private static final String TOKEN_ENDPOINTS = "/oauth2/";

    private final WebProperties.Cors cors;
    private final ProblemAnswers answers;

    FrontEnds(WebProperties web, ProblemAnswers answers) {
        this.cors = web.cors();
        this.answers = answers;
    }

    /** Empty while no origin is allowed: browsers keep answers from all other pages then. */
    Optional<CorsFilter> filter() {
        if (cors.allowedOrigins().isEmpty()) {
            return Optional.empty();
        }
        CorsConfiguration allowed = allowed();
        CorsFilter filter =
                new CorsFilter(request -> request.getRequestURI().startsWith(TOKEN_ENDPOINTS) ? null : allowed);
        filter.setCorsProcessor(this);
        return Optional.of(filter);
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (super.processRequest(allowed, request, response)) {
            return true;
        }
        BridgeException refusal = new BridgeException(
                ProblemCode.FORBIDDEN,
                "Pages of this origin may not call, or not with this method and these headers. Who runs the bridge allows"
                        + " origins by bridge.web.cors.allowed-origins.");
        answers.write(request, response, refusal, HttpHeaders.EMPTY);
        return false;
    }

    /** Leaves the answer to the caller above, which knows the request, too. */
    @Override
    protected void rejectRequest(ServerHttpResponse response) {}

    /** Without credentials: a bearer token is set by the page itself, and no cookie means anything here. */
    private CorsConfiguration allowed() {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(cors.allowedOrigins());
        allowed.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
        allowed.setAllowedHeaders(List.of("Authorization", "Content-Type", "Accept", "X-Bridge-User", "X-Request-Id"));
        allowed.setExposedHeaders(List.of("X-Request-Id", "Retry-After", "Location", "ETag", "Last-Modified"));
        allowed.setMaxAge(Duration.ofHours(1));
        return allowed;
    }
}
