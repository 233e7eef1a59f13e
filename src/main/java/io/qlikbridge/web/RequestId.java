package io.qlikbridge.web;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of one request, by which a caller's report, the log and the audit find each other. */
final class RequestId {

    static final String HEADER = "X-Request-Id";
    static final String KEY = "requestId";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The caller's own id, if it is one that can do no harm in a log, else a new one. */
    static String choose(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    static String of(ServletRequest request) {
        return request.getAttribute(KEY) instanceof String id ? id : choose(null);
    }
}
