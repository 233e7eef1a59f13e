package io.qlikbridge.observation;

import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Measures every request from its headers to the end of its answer, in front of all else: so what Tomcat itself refuses is
 * measured, too.
 */
public class RequestMeterValve extends ValveBase {

    private static final String CODE = RequestMeterValve.class.getName() + ".code";
    private static final String UNKNOWN = "unknown";

    /** Patterns that stand for whatever there is no handler for. */
    private static final Set<String> NO_HANDLER = Set.of("/**", "/error");

    /** Served by filters, which have no patterns. */
    private static final Set<String> IN_FILTERS = Set.of("/oauth2/token", "/oauth2/jwks");

    private final RequestMeters meters;

    public RequestMeterValve(RequestMeters meters) {
        super(true);
        this.meters = meters;
    }

    /** Has the request measured as one that this problem was the answer to. */
    public static void note(ServletRequest request, ProblemCode code) {
        request.setAttribute(CODE, code);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        long start = System.nanoTime();
        try {
            getNext().invoke(request, response);
        } finally {
            meters.served(request.getMethod(), route(request), response.getStatus(), code(request), start);
        }
    }

    /** Never what the caller wrote. */
    static String route(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null) {
            String route = pattern.toString();
            return NO_HANDLER.contains(route) ? UNKNOWN : route;
        }
        String path = request.getServletPath();
        return path != null && IN_FILTERS.contains(path) ? path : UNKNOWN;
    }

    static @Nullable ProblemCode code(HttpServletRequest request) {
        return request.getAttribute(CODE) instanceof ProblemCode code ? code : null;
    }
}
