package io.qlikbridge.cloudsession;

import io.qlikbridge.received.SetCookies;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A user's session at a tenant, bought with an assertion.
 *
 * @param cookies name to value, as the tenant set them
 * @param csrfToken for calls that change something; {@code null} until it is known
 */
public record CloudSession(
        Map<String, String> cookies, @Nullable String csrfToken) {

    private static final String CSRF_COOKIE = "_csrfToken";
    private static final String CSRF_HEADER = "qlik-csrf-token";

    /** The session that an answer's cookies make. */
    public static CloudSession from(HttpHeaders headers) {
        Map<String, String> cookies = SetCookies.of(headers);
        return new CloudSession(cookies, cookies.get(CSRF_COOKIE));
    }

    /** Whether there is a cookie that is not a load balancer's: those come with any answer. */
    public boolean isOpen() {
        return cookies.keySet().stream().anyMatch(name -> !name.startsWith("AWSALB"));
    }

    public CloudSession withCsrfToken(@Nullable String token) {
        return new CloudSession(cookies, token);
    }

    /** The token that an answer's header hands out, if it does. */
    public static @Nullable String csrfToken(HttpHeaders headers) {
        String token = headers.getFirst(CSRF_HEADER);
        return token == null || token.isBlank() || !SetCookies.isSafe(token) ? null : token;
    }

    String cookieHeader() {
        return SetCookies.header(cookies);
    }

    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.COOKIE, cookieHeader());
        if (csrfToken != null) {
            headers.set(CSRF_HEADER, csrfToken);
        }
        return headers;
    }

    @Override
    public String toString() {
        return "CloudSession[cookies=" + cookies.keySet() + "]";
    }
}
