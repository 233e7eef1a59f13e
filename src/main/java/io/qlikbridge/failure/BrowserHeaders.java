package io.qlikbridge.failure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/**
 * What every answer tells browsers: to take it for nothing but what it says, to run and frame nothing of it, to keep no copy,
 * and to come by TLS alone once they came so. A header that an answer has already stays as it is, so a page of ours may have
 * a policy of its own.
 */
@Configuration(proxyBeanMethods = false)
public class BrowserHeaders {

    /** Of what is passed on: a page of a tenant, or of a proxy before it, shall do nothing in our name. */
    public static final String POLICY_OF_PASSED = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private static final String[][] ALWAYS = {
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"},
        // for browsers that do not know frame-ancestors
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        // pages of other origins may read what CORS lets them; they may not show it as a picture or a script
        {"Cross-Origin-Resource-Policy", "same-origin"}
    };

    /** A year, as browsers' lists ask for. */
    private static final String TLS_ALONE = "max-age=31536000; includeSubDomains";

    /** Of all filter chains, in place of Spring's own, which no other part of the server knows. */
    @Bean
    static Customizer<HttpSecurity> headersOfAllChains() {
        return http -> http.headers(headers -> headers.defaultsDisabled().addHeaderWriter(BrowserHeaders::put));
    }

    static void put(HttpServletRequest request, HttpServletResponse response) {
        put(request.isSecure(), response.getStatus(), response::containsHeader, response::setHeader);
    }

    /**
     * Adds to an answer what it does not say itself.
     *
     * @param secure whether its caller came by TLS
     * @param present whether it has a header of this name
     * @param set sets a header
     */
    public static void put(boolean secure, int status, Predicate<String> present, BiConsumer<String, String> set) {
        for (String[] header : ALWAYS) {
            if (!present.test(header[0])) {
                set.accept(header[0], header[1]);
            }
        }
        if (!present.test(HttpHeaders.CACHE_CONTROL) && status != HttpServletResponse.SC_NOT_MODIFIED) {
            set.accept(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // a browser takes no notice of it over plain HTTP (RFC 6797, section 8.1)
        if (secure && !present.test("Strict-Transport-Security")) {
            set.accept("Strict-Transport-Security", TLS_ALONE);
        }
    }
}
