package io.qlikbridge.sitecall;

import io.qlikbridge.received.SetCookies;
import io.qlikbridge.tenant.Credential;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A user's session at a virtual proxy.
 *
 * @param cookies as the value of a {@code Cookie} header; the secret itself
 * @param csrfToken sent with it where the site handed one out
 */
public record SiteSession(String cookies, @Nullable String csrfToken) {

    private static final String CSRF_HEADER = "qlik-csrf-token";
    private static final char SEPARATOR = '\n';

    /** The session that an answer opened; {@code null} where it sets no cookie. */
    public static @Nullable SiteSession from(HttpHeaders headers) {
        String cookies = SetCookies.header(SetCookies.of(headers));
        String token = headers.getFirst(CSRF_HEADER);
        boolean usable = token != null && !token.isBlank() && SetCookies.isSafe(token);
        return cookies.isEmpty() ? null : new SiteSession(cookies, usable ? token : null);
    }

    /** The session that was kept as the token of a credential. */
    public static SiteSession of(Credential credential) {
        String kept = credential.token();
        int separator = kept.indexOf(SEPARATOR);
        return separator < 0
                ? new SiteSession(kept, null)
                : new SiteSession(kept.substring(0, separator), kept.substring(separator + 1));
    }

    /** As it is kept: no header holds a line break. */
    public String kept() {
        return csrfToken == null ? cookies : cookies + SEPARATOR + csrfToken;
    }

    public void addTo(HttpHeaders headers) {
        headers.set(HttpHeaders.COOKIE, cookies);
        if (csrfToken != null) {
            headers.set(CSRF_HEADER, csrfToken);
        }
    }

    @Override
    public String toString() {
        return "SiteSession[]";
    }
}
