package io.qlikbridge.observation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qlikbridge.problem.ProblemCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Measures requests ({@code http.server.requests}) by method, route, status and problem code. Spring's own meter of this name
 * does not know the code, nor the requests that Tomcat refuses.
 */
@Component
public class RequestMeters {

    static final String NAME = "http.server.requests";
    static final String CODE = "code";

    /** What quantiles are reckoned from. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    /** A caller may write any word in the place of a method. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    /** What the bridge answers with, and what is common among tenants: these pass theirs through, whatever they are. */
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412,
            413, 414, 415, 416, 422, 429, 431, 500, 501, 502, 503, 504);

    private static final String OTHER = "other";

    private final Meter.MeterProvider<Timer> timers;

    RequestMeters(MeterRegistry registry) {
        this.timers = Timer.builder(NAME)
                .description("Requests of callers")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
    }

    /**
     * @param method nothing where not even the first line could be read, as of TLS that is spoken to a plain port
     * @param route the template of the address
     * @param code of the problem that was answered, if it was one
     * @param start as {@link System#nanoTime} had it
     */
    public void served(@Nullable String method, String route, int status, @Nullable ProblemCode code, long start) {
        long took = System.nanoTime() - start;
        timers.withTags(
                        "method",
                        method(method),
                        "uri",
                        route,
                        "status",
                        status(status),
                        CODE,
                        code == null ? "none" : code.slug())
                .record(took, TimeUnit.NANOSECONDS);
    }

    /** One of a few. */
    static String method(@Nullable String written) {
        return written != null && METHODS.contains(written) ? written : OTHER;
    }

    /** One of a few: any other is shown as its class, {@code 4xx}, or as {@code other} where it has none (RFC 9110, section 15). */
    static String status(int status) {
        if (STATUSES.contains(status)) {
            return Integer.toString(status);
        }
        return status >= 100 && status < 600 ? status / 100 + "xx" : OTHER;
    }
}
