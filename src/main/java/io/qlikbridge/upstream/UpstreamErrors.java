package io.qlikbridge.upstream;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What is wrong with an answer whatever deployment it should come from: unreadable, redirected, or limited in its rate. */
public final class UpstreamErrors {

    /** When a 429 does not say: the tenant counts in minutes. */
    private static final Duration RATE_LIMIT_RETRY_AFTER = Duration.ofSeconds(60);

    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final Pattern SIGN_IN = Pattern.compile("(?i)log-?in|log-?on|sign-?in|sso|saml|oauth|authorize");

    private UpstreamErrors() {}

    /** A redirect where the call has none, or none to there. */
    public static TenantException redirected(TenantCall call, TenantAnswer answer) {
        String location = answer.headers().getFirst(HttpHeaders.LOCATION);
        URI target = null;
        try {
            target = location == null ? null : call.uri().resolve(URI.create(location.strip()));
        } catch (IllegalArgumentException malformed) {
            return unreadable(call, "it redirects to something that is not an address");
        }
        if (target == null) {
            return unreadable(call, "it redirects to nowhere");
        }
        String host = target.getHost() == null ? "" : target.getHost();
        String plain = host.matches("[A-Za-z0-9.-]{1,100}") ? host : "another host";
        String tenant = call.connection().host().getHost();
        boolean signIn =
                target.getPath() != null && SIGN_IN.matcher(target.getPath()).find();
        if (!host.equalsIgnoreCase(tenant)) {
            return unreadable(
                    call,
                    "it redirects to " + plain + ", which is not followed, as another host",
                    (signIn ? "A sign-in page is asked for first: look for a gateway or proxy before the tenant. " : "")
                            + "If the tenant has moved there, make that the host of the connection.");
        }
        if (!call.connection().host().getScheme().equalsIgnoreCase(target.getScheme())) {
            return unreadable(
                    call,
                    "it redirects to " + target.getScheme() + " on the same host",
                    "Make " + target.getScheme() + "://" + plain + " the host of the connection.");
        }
        return unreadable(
                call,
                "it redirects" + (signIn ? " to a sign-in page" : "") + ", which this call never does",
                call.dialect().otherServerRemedy());
    }

    /** It was not asked at the step: it said before that it would refuse for so much longer. */
    public static TenantException paused(TenantCall call, Duration left) {
        return new TenantException(
                ProblemCode.TENANT_RATE_LIMITED,
                "Qlik limits the rate of calls, and the step " + call.step() + " has to wait for that. "
                        + askAgainIn(left),
                null,
                left,
                false,
                null);
    }

    public static TenantException unreadable(TenantCall call, String why) {
        return unreadable(call, why, call.dialect().otherServerRemedy());
    }

    private static TenantException unreadable(TenantCall call, String why, String remedy) {
        return new TenantException(
                ProblemCode.TENANT_ANSWER_UNREADABLE,
                Refusal.CALL,
                "The answer of " + call.connection().host() + " at the step " + call.step() + " cannot be read: " + why
                        + ".",
                remedy,
                new UpstreamAnswer(call.step(), null, null, null, null),
                null,
                call.changes(),
                null);
    }

    /** Rounded up to whole seconds. */
    public static String askAgainIn(Duration time) {
        return "Ask again in " + time.plusNanos(999_999_999).toSeconds() + " seconds.";
    }

    /** Seconds or a date (RFC 9110, section 10.2.3); bounded, since it is the tenant's word. */
    public static Duration retryAfter(HttpHeaders headers) {
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
