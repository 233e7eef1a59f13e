package io.qlikbridge.access;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Finds out who calls, from the access token alone. Whose rules a token is held to, its {@code iss} decides. */
@Component
class TokenCallers implements AuthenticationManagerResolver<HttpServletRequest> {

    private final OwnTokens own;
    private final TrustedIssuers issuers;

    TokenCallers(OwnTokens own, TrustedIssuers issuers) {
        this.own = own;
        this.issuers = issuers;
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        // no bean of its own: Spring would ask it about everything else that has to be authenticated, too
        return this::authenticate;
    }

    private Authentication authenticate(Authentication authentication) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        Caller caller = issuers.of(issuerOf(token))
                .<Caller>map(issuer -> issuer.caller(token))
                .orElseGet(() -> own.caller(token));
        return new CallerToken(caller);
    }

    private static @Nullable String issuerOf(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        } catch (ParseException | RuntimeException malformed) {
            throw new InvalidBearerTokenException("The access token is not a JWT");
        }
    }
}
