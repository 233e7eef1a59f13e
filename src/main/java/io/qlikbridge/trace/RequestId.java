package io.qlikbridge.trace;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The name of one request, by which a caller's report, the log, the audit and the tenant find each other. */
public final class RequestId {

    /** Of requests and answers, and of what is sent to a tenant meanwhile. */
    public static final String HEADER = "X-Request-Id";

    /** The name of it in every line of the log, and among a request's attributes. */
    public static final String KEY = "requestId";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The caller's own id, if it is one that can do no harm in a log or a header, else a new one. */
    public static String choose(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : random();
    }

    /** That of a request which was named; else a new one. */
    public static String of(ServletRequest request) {
        return request.getAttribute(KEY) instanceof String id ? id : choose(null);
    }

    /** Of the request that this thread works for; {@code null} in the background. */
    public static @Nullable String current() {
        return MDC.get(KEY);
    }

    /** It is a name, and no secret: it need not be waited for. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // version 4, variant 2 (RFC 9562, section 5.4)
        return new UUID(
                        random.nextLong() & ~0xF000L | 0x4000L,
                        random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L)
                .toString();
    }
}
