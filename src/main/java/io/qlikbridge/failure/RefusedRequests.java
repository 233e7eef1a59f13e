package io.qlikbridge.failure;

import io.qlikbridge.access.RefusalEvents;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes known which requests were forbidden, and which were to change something and did not. */
@Component
class RefusedRequests {

    private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);
    private static final String TOLD = RefusedRequests.class.getName();
    private static final String API = "/api/v1/";
    private static final String CONSOLE = "/console/";
    private static final String TOKEN_ENDPOINT = "/oauth2/token";
    private static final Pattern TOKEN = Pattern.compile(API + "connections/[^/]+/token|" + TOKEN_ENDPOINT);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final RefusalEvents refusals;

    RefusedRequests(RefusalEvents refusals) {
        this.refusals = refusals;
    }

    /** Tells of a failure that is about to be answered, once. It is answered all the same when that cannot be told. */
    void tell(HttpServletRequest request, ProblemCode code) {
        String path = path(request);
        if (request.getAttribute(TOLD) != null || !isWorthTelling(method(request), path, code)) {
            return;
        }
        request.setAttribute(TOLD, true);
        try {
            refusals.tell(code, method(request), path);
        } catch (RuntimeException untold) {
            log.error("The refusal of request {} could not be told", RequestId.of(request), untold);
        }
    }

    private static boolean isWorthTelling(String method, String path, ProblemCode code) {
        // where nothing is issued, nobody else tells of a user that the tenant lets not in
        if (code.kind() == ProblemCode.Kind.FORBIDDEN || code == ProblemCode.USER_NOT_AT_TENANT) {
            return true;
        }
        return (path.startsWith(API) || path.startsWith(CONSOLE) || path.equals(TOKEN_ENDPOINT))
                && !READING.contains(method)
                && !(isOfIssuing(code) && isForToken(path));
    }

    /** What keeps a key from being issued is told by whoever issues it, once for all who wait for it. */
    private static boolean isOfIssuing(ProblemCode code) {
        return code.kind() == ProblemCode.Kind.UPSTREAM_REFUSED
                || code.kind() == ProblemCode.Kind.UNAVAILABLE
                || code == ProblemCode.API_KEY_LIMIT_REACHED
                || code == ProblemCode.SIGNING_KEY_MISSING;
    }

    private static boolean isForToken(String path) {
        return TOKEN.matcher(path).matches();
    }

    /** On the way to the error page the request has another method and path. */
    private static String method(HttpServletRequest request) {
        Object asked = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return asked != null ? asked.toString() : request.getMethod();
    }

    private static String path(HttpServletRequest request) {
        return ProblemAnswers.path(request).substring(request.getContextPath().length());
    }
}
