package io.qlikbridge.consolesession;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookies of the console: for this host, for no script, and for no request that another site begins but a plain link. */
public final class ConsoleCookies {

    private ConsoleCookies() {}

    /** Over TLS a name with {@code __Host-}, which browsers take from this very host alone; on loopback without. */
    public static String name(HttpServletRequest request, String name) {
        return request.isSecure() ? "__Host-" + name : name;
    }

    /** For as long as the browser runs. */
    public static void set(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        add(request, response, name, value, Duration.ofSeconds(-1));
    }

    /** @param kept how long the browser keeps it */
    public static void set(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration kept) {
        add(request, response, name, value, kept);
    }

    public static void expire(HttpServletRequest request, HttpServletResponse response, String name) {
        add(request, response, name, "", Duration.ZERO);
    }

    private static void add(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration kept) {
        ResponseCookie cookie = ResponseCookie.from(name(request, name), value)
                .path("/")
                .secure(request.isSecure())
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(kept)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
