package io.qlikbridge.failure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
class BrowserHeaders {

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
        for (String[] header : ALWAYS) {
            if (!response.containsHeader(header[0])) {
                response.setHeader(header[0], header[1]);
            }
        }
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)
                && response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // a browser takes no notice of it over plain HTTP (RFC 6797, section 8.1)
        if (request.isSecure() && !response.containsHeader("Strict-Transport-Security")) {
            response.setHeader("Strict-Transport-Security", TLS_ALONE);
        }
    }
}
