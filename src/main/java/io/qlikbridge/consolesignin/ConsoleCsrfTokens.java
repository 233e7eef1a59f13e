package io.qlikbridge.consolesignin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * Keeps the token that forms have to show in a cookie, since there is no session before somebody has signed in. Over TLS no other host
 * of the same site can set it ({@code __Host-}).
 */
class ConsoleCsrfTokens implements CsrfTokenRepository {

    private static final String NAME = "bridge-csrf";

    private final CookieCsrfTokenRepository overTls = cookies("__Host-" + NAME, true);
    private final CookieCsrfTokenRepository onLoopback = cookies(NAME, false);

    private static CookieCsrfTokenRepository cookies(String name, boolean secure) {
        CookieCsrfTokenRepository cookies = new CookieCsrfTokenRepository();
        cookies.setCookieName(name);
        cookies.setCookiePath("/");
        cookies.setCookieCustomizer((ResponseCookie.ResponseCookieBuilder cookie) ->
                cookie.secure(secure).httpOnly(true).sameSite("Strict"));
        return cookies;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }

    private CookieCsrfTokenRepository of(HttpServletRequest request) {
        return request.isSecure() ? overTls : onLoopback;
    }
}
