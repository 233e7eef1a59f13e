package io.qlikbridge.received;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** The cookies that an answer sets, as far as they are sent back: name and value (RFC 6265, section 4.1). */
public final class SetCookies {

    private SetCookies() {}

    /** Name to value, each from a header of its own: a date in one holds a comma. */
    public static Map<String, String> of(HttpHeaders headers) {
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
        return cookies;
    }

    /** As the value of a {@code Cookie} header. */
    public static String header(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Whether a text can stand in a header: visible characters and blanks. */
    public static boolean isSafe(String headerValue) {
        return headerValue.chars().allMatch(character -> character > 0x1f && character < 0x7f);
    }
}
