package io.qlikbridge.caller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What must hold for the claims of an access token (RFC 9068, section 4).
 *
 * @param issuer {@code null} when the signature alone tells who issued it
 */
public record TokenRules(
        Clock clock, String audience, @Nullable String issuer) implements OAuth2TokenValidator<Jwt> {

    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Its issuer's key may be withdrawn meanwhile. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        Instant now = clock.instant();
        Instant expiresAt = token.getExpiresAt();
        Instant notBefore = token.getNotBefore();
        if (expiresAt == null) {
            return refused("The access token has no expiry");
        }
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            return refused("The access token has expired");
        }
        if (notBefore != null && now.isBefore(notBefore.minus(SKEW))) {
            return refused("The access token is not valid yet");
        }
        List<String> audiences = token.getAudience();
        if (audiences == null || !audiences.contains(audience)) {
            return refused("The access token is for another audience");
        }
        if (issuer != null && !sameIssuer(issuer, token.getClaimAsString("iss"))) {
            return refused("The access token is from another issuer");
        }
        return OAuth2TokenValidatorResult.success();
    }

    /** Until when a token that was found good counts as such without another look. */
    public Instant until(Jwt token) {
        Instant soon = clock.instant().plus(GOOD_FOR);
        Instant expiresAt = token.getExpiresAt();
        Instant over = expiresAt == null ? soon : expiresAt.plus(SKEW);
        return over.isBefore(soon) ? over : soon;
    }

    /** Providers are not of one mind on the slash at the end. */
    public static boolean sameIssuer(@Nullable String one, @Nullable String other) {
        return one != null && other != null && withoutSlash(one).equals(withoutSlash(other));
    }

    public static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    private static OAuth2TokenValidatorResult refused(String description) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, description, null));
    }
}
