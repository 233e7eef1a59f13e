package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemAnswers;
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
class CorsSupport extends DefaultCorsProcessor {

    /** What wants a client's secret is for no page. */
    private static final String TOKEN_ENDPOINTS = "/oauth2/";

    /** What the bridge reads or passes on, and what Qlik's libraries and tracing in browsers send with it. */
    private static final List<String> SENT = List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "Accept-Language",
            "Cache-Control",
            "Pragma",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "X-Bridge-User",
            "X-Request-Id",
            "X-Requested-With",
            "traceparent",
            "tracestate",
            "baggage",
            "b3",
            "X-B3-TraceId",
            "X-B3-SpanId",
            "X-B3-ParentSpanId",
            "X-B3-Sampled",
            "qlik-web-integration-id",
            "qlik-csrf-token",
            "Qlik-API-Version",
            "User-Agent");

    private static final List<String> SHOWN = List.of(
            "X-Request-Id",
            "Retry-After",
            "Location",
            "ETag",
            "Last-Modified",
            "WWW-Authenticate",
            "Content-Disposition",
            "Content-Language",
            "Content-Length",
            "X-B3-Traceid");

    private final WebProperties.Cors cors;
    private final ProblemAnswers answers;

    CorsSupport(WebProperties web, ProblemAnswers answers) {
        this.cors = web.cors();
        this.answers = answers;
    }

    /** Empty while no origin is allowed: browsers keep answers from all other pages then. */
    Optional<CorsFilter> filter() {
        if (cors.allowedOrigins().isEmpty()) {
            return Optional.empty();
        }
        CorsConfiguration allowed = allowed();
        CorsFilter filter = new CorsFilter(request ->
                request.getRequestURI().startsWith(request.getContextPath() + TOKEN_ENDPOINTS) ? null : allowed);
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
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(SHOWN);
        allowed.setMaxAge(Duration.ofHours(1));
        return allowed;
    }
}
