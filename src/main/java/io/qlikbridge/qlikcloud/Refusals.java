package io.qlikbridge.qlikcloud;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.TenantException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Puts into words what a tenant refused (contract, sections 2.4, 11 and 15). */
final class Refusals {

    /** When a 429 does not say: the tenant counts in minutes. */
    private static final Duration RATE_LIMIT_RETRY_AFTER = Duration.ofSeconds(60);

    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private Refusals() {}

    /** Any refusal, under the code that fits the step; 429 is the same at every step. */
    static TenantException refused(ProblemCode code, CloudCall call, CloudAnswer answer, String remedy) {
        CloudError error = CloudError.in(answer);
        int status = answer.status().value();
        if (status == 429) {
            Duration retryAfter = retryAfter(answer.headers());
            return new TenantException(
                    ProblemCode.TENANT_RATE_LIMITED,
                    "Qlik limits the rate of calls at the step " + call.step() + ". " + askAgainIn(retryAfter),
                    upstream(call, status, error),
                    retryAfter,
                    false,
                    null);
        }
        boolean refusedTheCall = answer.status().is4xxClientError();
        String said = error.words() == null ? "" : ": " + error.words();
        return new TenantException(
                refusedTheCall ? code : ProblemCode.TENANT_REFUSED,
                "Qlik answered " + status + " at the step " + call.step() + said + ". "
                        + (refusedTheCall ? remedy : "Ask again later; the tenant has trouble of its own."),
                upstream(call, status, error),
                null,
                call.changes() && !refusedTheCall,
                null);
    }

    /** It was not asked at the step: it said before that it would refuse for so much longer. */
    static TenantException paused(CloudCall call, Duration left) {
        return new TenantException(
                ProblemCode.TENANT_RATE_LIMITED,
                "Qlik limits the rate of calls, and the step " + call.step() + " has to wait for that. "
                        + askAgainIn(left),
                null,
                left,
                false,
                null);
    }

    static TenantException unreadable(CloudCall call, String why) {
        return new TenantException(
                ProblemCode.TENANT_ANSWER_UNREADABLE,
                "The answer of " + call.connection().host() + " at the step " + call.step() + " cannot be read: " + why
                        + ". Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.",
                new UpstreamAnswer(call.step(), null, null, null, null),
                null,
                call.changes(),
                null);
    }

    private static UpstreamAnswer upstream(CloudCall call, int status, CloudError error) {
        return new UpstreamAnswer(call.step(), status, error.code(), error.title(), error.traceId());
    }

    private static String askAgainIn(Duration time) {
        return "Ask again in " + time.plusNanos(999_999_999).toSeconds() + " seconds.";
    }

    /** Seconds or a date (RFC 9110, section 10.2.3); bounded, since it is the tenant's word. */
    static Duration retryAfter(HttpHeaders headers) {
        Duration said = said(headers);
        if (said == null) {
            return RATE_LIMIT_RETRY_AFTER;
        }
        if (said.compareTo(SHORTEST_RETRY_AFTER) < 0) {
            return SHORTEST_RETRY_AFTER;
        }
        return said.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : said;
    }

    private static @Nullable Duration said(HttpHeaders headers) {
        String retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
        String date = headers.getFirst(HttpHeaders.DATE);
        if (retryAfter == null) {
            return null;
        }
        if (retryAfter.strip().matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
        }
        try {
            // both by the tenant's own clock
            return date == null ? null : Duration.between(instant(date), instant(retryAfter));
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static Instant instant(String header) {
        return ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
