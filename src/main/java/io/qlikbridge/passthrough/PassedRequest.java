package io.qlikbridge.passthrough;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.RelayedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What of a caller's request the tenant gets to see: path, query and these few headers. Never the caller's own token,
 * cookies, or the way it came.
 */
final class PassedRequest {

    private static final String[] PASSED = {
        HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_MODIFIED_SINCE
    };

    private static final String H2C = "h2c";

    private PassedRequest() {}

    /** @param credentials names of parameters that show one, beside those that any client may send */
    static RelayedRequest of(HttpServletRequest request, PassedPath path, Set<String> credentials) {
        return of(name -> Collections.list(request.getHeaders(name)), path, request.getQueryString(), credentials);
    }

    /**
     * @param request has the values of each header
     * @param query as it was sent; {@code null} for none
     */
    static RelayedRequest of(
            Function<String, List<String>> request, PassedPath path, @Nullable String query, Set<String> credentials) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : PASSED) {
            String value = joined(request.apply(name));
            if (value != null) {
                headers.put(name, value);
            }
        }
        headers.put(HttpHeaders.ACCEPT_ENCODING, acceptsGzip(request) ? "gzip" : "identity");
        return new RelayedRequest(path.path() + PassedQuery.of(query, credentials), headers);
    }

    /** Refuses what is more than a read: a body, and a change to another protocol. */
    static void requirePlainRead(HttpServletRequest request) {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            throw new BridgeException(ProblemCode.INVALID_REQUEST, "A read has no body. Send none.");
        }
        String upgrade = joined(Collections.list(request.getHeaders(HttpHeaders.UPGRADE)));
        String connection = joined(Collections.list(request.getHeaders(HttpHeaders.CONNECTION)));
        boolean wanted = upgrade != null
                || connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
        // Java's own client offers HTTP/2 with its first request; that may be ignored (RFC 9110, section 7.8)
        if (wanted && !H2C.equalsIgnoreCase(upgrade)) {
            throw new BridgeException(
                    ProblemCode.INVALID_REQUEST, "Another protocol is not passed on. Leave Upgrade out.");
        }
    }

    /** RFC 9110, section 12.5.3: by its name, or by {@code *}, unless its weight is 0. */
    static boolean acceptsGzip(HttpServletRequest request) {
        return acceptsGzip(name -> Collections.list(request.getHeaders(name)));
    }

    /** @param request has the values of each header */
    static boolean acceptsGzip(Function<String, List<String>> request) {
        boolean any = false;
        for (String value : request.apply(HttpHeaders.ACCEPT_ENCODING)) {
            for (String coding : value.split(",")) {
                String[] parts = coding.split(";");
                String name = parts[0].strip();
                if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
                    return hasWeight(parts);
                }
                any |= name.equals("*") && hasWeight(parts);
            }
        }
        return any;
    }

    private static boolean hasWeight(String[] parts) {
        for (int at = 1; at < parts.length; at++) {
            String parameter = parts[at].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                return !parameter.substring(2).strip().matches("0(\\.0{0,3})?");
            }
        }
        return true;
    }

    private static @Nullable String joined(List<String> values) {
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> String.join(", ", values);
        };
    }
}
