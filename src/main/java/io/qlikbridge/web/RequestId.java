package io.qlikbridge.web;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
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
        return sent != null && SANE.matcher(sent).matches() ? sent : random();
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

    static String of(ServletRequest request) {
        return request.getAttribute(KEY) instanceof String id ? id : choose(null);
    }
}
