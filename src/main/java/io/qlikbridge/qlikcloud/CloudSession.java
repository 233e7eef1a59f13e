package io.qlikbridge.qlikcloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A user's session at a tenant, bought with an assertion. Lives for one piece of work and is then forgotten.
 *
 * @param cookies name to value, as the tenant set them
 * @param csrfToken for calls that change something; {@code null} until it is known
 */
record CloudSession(Map<String, String> cookies, @Nullable String csrfToken) {

    private static final String CSRF_COOKIE = "_csrfToken";
    private static final String CSRF_HEADER = "qlik-csrf-token";

    /** The session that an answer's cookies make, each from a header of its own: a date in one holds a comma. */
    static CloudSession from(HttpHeaders headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : headers.getOrDefault(HttpHeaders.SET_COOKIE, List.of())) {
            String pair = header.split(";", 2)[0].strip();
            int equals = pair.indexOf('=');
            if (equals > 0 && isSafe(pair)) {
                cookies.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return new CloudSession(cookies, cookies.get(CSRF_COOKIE));
    }

    /** Whether there is a cookie that is not a load balancer's: those come with any answer. */
    boolean isOpen() {
        return cookies.keySet().stream().anyMatch(name -> !name.startsWith("AWSALB"));
    }

    CloudSession withCsrfToken(@Nullable String token) {
        return new CloudSession(cookies, token);
    }

    /** The token that an answer's header hands out, if it does. */
    static @Nullable String csrfToken(HttpHeaders headers) {
        String token = headers.getFirst(CSRF_HEADER);
        return token == null || token.isBlank() || !isSafe(token) ? null : token;
    }

    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(
                HttpHeaders.COOKIE,
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        if (csrfToken != null) {
            headers.set(CSRF_HEADER, csrfToken);
        }
        return headers;
    }

    private static boolean isSafe(String headerValue) {
        return headerValue.chars().allMatch(character -> character > 0x1f && character < 0x7f);
    }

    @Override
    public String toString() {
        return "CloudSession[cookies=" + cookies.keySet() + "]";
    }
}
