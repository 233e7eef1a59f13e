package io.qlikbridge.failure;

import io.qlikbridge.forwarded.CallerPathFilter;
import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns a failure into the answer the caller gets. The one place that knows which HTTP status a failure has. */
@Component
public class ProblemAnswers {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private final JsonMapper json;
    private final RefusedRequests refused;
    private final ObjectProvider<FailureView> views;

    ProblemAnswers(JsonMapper json, RefusedRequests refused, ObjectProvider<FailureView> views) {
        this.json = json;
        this.refused = refused;
        this.views = views;
    }

    ResponseEntity<Problem> answer(HttpServletRequest request, BridgeException failure, HttpHeaders headers) {
        refused.tell(request, failure.code());
        RequestMeterValve.note(request, failure.code());
        HttpHeaders all = withRetryAfter(failure, headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem(request, failure), all, statusOf(failure.code()));
    }

    /** For failures outside a controller. Does nothing to an answer that is on its way already. */
    public void write(
            HttpServletRequest request, HttpServletResponse response, BridgeException failure, HttpHeaders headers)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        startAnew(request, response);
        if (!isShown(request, response, failure, headers)) {
            ResponseEntity<Problem> answer = answer(request, failure, headers);
            response.setStatus(answer.getStatusCode().value());
            put(answer.getHeaders(), response);
            byte[] body = json.writeValueAsBytes(answer.getBody());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    /** Whatever was said of the answer that failed is not true of this one. */
    private static void startAnew(HttpServletRequest request, HttpServletResponse response) {
        Map<String, Collection<String>> browsers = forBrowsers(response);
        response.reset();
        browsers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        BrowserHeaders.put(request, response);
        response.setHeader(RequestId.HEADER, RequestId.of(request));
    }

    /** A view that fails itself, such as for want of what the request failed for, leaves the failure to be told as a problem. */
    private boolean isShown(
            HttpServletRequest request, HttpServletResponse response, BridgeException failure, HttpHeaders headers)
            throws IOException {
        FailureView view =
                views.stream().filter(one -> one.isFor(request)).findFirst().orElse(null);
        if (view == null) {
            return false;
        }
        put(withRetryAfter(failure, headers), response);
        try {
            view.show(request, response, failure);
            return true;
        } catch (ServletException | RuntimeException failed) {
            log.warn("The failure of request {} could not be shown as a page", RequestId.of(request), failed);
            if (response.isCommitted()) {
                throw new IllegalStateException(failed);
            }
            startAnew(request, response);
            return false;
        }
    }

    private static void put(HttpHeaders headers, HttpServletResponse response) {
        headers.forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    }

    private static HttpHeaders withRetryAfter(BridgeException failure, HttpHeaders headers) {
        HttpHeaders all = new HttpHeaders(headers);
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            all.set(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)));
        }
        return all;
    }

    /** Which pages may read the answer, which is so of this one too. */
    private static Map<String, Collection<String>> forBrowsers(HttpServletResponse response) {
        Map<String, Collection<String>> kept = new LinkedHashMap<>();
        if (response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            for (String name : new String[] {
                HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.VARY
            }) {
                kept.put(name, List.copyOf(response.getHeaders(name)));
            }
        }
        return kept;
    }

    static Problem problem(HttpServletRequest request, BridgeException failure) {
        ProblemCode code = failure.code();
        return new Problem(
                "urn:qlik-bridge:problem:" + code.slug(),
                code.title(),
                statusOf(code).value(),
                failure.detail(),
                CallerPathFilter.prefix(request) + path(request),
                code.slug(),
                RequestId.of(request),
                Problem.Upstream.of(failure.upstream()),
                failure.violations());
    }

    /** Begins with the context path of the request. */
    static String path(HttpServletRequest request) {
        // on the way to the error page the request has another path
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return asked != null ? asked.toString() : request.getRequestURI();
    }

    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds());
    }

    public static HttpStatus statusOf(ProblemCode code) {
        return switch (code.kind()) {
            case MALFORMED -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> HttpStatus.NOT_ACCEPTABLE;
            case CONFLICT -> HttpStatus.CONFLICT;
            case CONTENT_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case UPSTREAM_REFUSED -> HttpStatus.BAD_GATEWAY;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
