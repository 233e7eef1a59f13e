package io.qlikbridge.consoleissuers;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesignin.WantedPage;
import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.issuer.TrustedIssuers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/**
 * The sign-ins under way, each in the browser that began it. One is given out to an answer with its state, at its own issuer's redirect
 * URI (RFC 9700, section 4.4.2), before anything else of the answer is looked at.
 */
@Component
@ConditionalOnConsole
class BegunSignIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    static final String WRONG_STATE = "invalid_state_parameter";
    static final String WRONG_ISSUER = "issuer_mismatch";

    private static final String NEXT = "next";
    private static final String NEXT_PAGE = BegunSignIns.class.getName() + ".next";

    /** A longer page is not come back to: a browser's cookie has its limit. */
    private static final int LONGEST_NEXT = 500;

    private final SignInCookie cookie;
    private final TrustedIssuers issuers;
    private final Clock clock;

    BegunSignIns(SignInCookie cookie, TrustedIssuers issuers, Clock clock) {
        this.cookie = cookie;
        this.issuers = issuers;
        this.clock = clock;
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        if (begun == null) {
            cookie.expire(request, response);
            return;
        }
        String next = request.getParameter(NEXT);
        cookie.set(
                request,
                response,
                new BegunSignIn(
                        attribute(begun, OAuth2ParameterNames.REGISTRATION_ID),
                        Objects.requireNonNull(begun.getState()),
                        attribute(begun, OidcParameterNames.NONCE),
                        attribute(begun, PkceParameterNames.CODE_VERIFIER),
                        Objects.requireNonNull(begun.getRedirectUri()),
                        next == null || next.length() > LONGEST_NEXT ? null : WantedPage.after(next),
                        clock.instant()));
    }

    private static String attribute(OAuth2AuthorizationRequest begun, String name) {
        return Objects.requireNonNull(begun.<String>getAttribute(name));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return cookie.read(request).map(this::request).orElse(null);
    }

    /** @throws OAuth2AuthenticationException when the answer is not to what this browser has begun */
    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        BegunSignIn begun = cookie.read(request).orElse(null);
        if (begun == null) {
            return null;
        }
        if (!isSame(begun.state(), request.getParameter(OAuth2ParameterNames.STATE))) {
            throw refused(WRONG_STATE);
        }
        cookie.expire(request, response);
        if (!begun.key().equals(IssuerPaths.key(request))
                || !issuer(begun.key()).canHaveAnswered(request.getParameter("iss"))) {
            throw refused(WRONG_ISSUER);
        }
        request.setAttribute(NEXT_PAGE, begun.next());
        return request(begun);
    }

    /** The page that was wanted by whoever comes back with this request; {@code null} for none. */
    static @Nullable String next(HttpServletRequest request) {
        return request.getAttribute(NEXT_PAGE) instanceof String page ? page : null;
    }

    private OAuth2AuthorizationRequest request(BegunSignIn begun) {
        ClientRegistration client = issuer(begun.key()).registration();
        Map<String, Object> attributes = Map.of(
                OAuth2ParameterNames.REGISTRATION_ID, begun.key(),
                OidcParameterNames.NONCE, begun.nonce(),
                PkceParameterNames.CODE_VERIFIER, begun.verifier());
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(client.getClientId())
                .authorizationUri(
                        Objects.requireNonNull(client.getProviderDetails().getAuthorizationUri()))
                .redirectUri(begun.redirectUri())
                .scopes(client.getScopes())
                .state(begun.state())
                .attributes(attributes)
                .build();
    }

    /** Its settings may have changed since the sign-in was begun. */
    private IssuerSignIn issuer(String key) {
        return issuers.signIn(key).orElseThrow(() -> refused(WRONG_ISSUER));
    }

    private static OAuth2AuthenticationException refused(String code) {
        return new OAuth2AuthenticationException(new OAuth2Error(code));
    }

    private static boolean isSame(String state, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
