package io.qlikbridge.signin;

import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * Too many wrong secrets came for a client, so the next was not looked at. RFC 6749 has no code for it, so it is the one for "not
 * now".
 */
public final class SecretsThrottled extends OAuth2AuthenticationException {

    private final transient Duration retryAfter;

    SecretsThrottled(Duration retryAfter) {
        super(new OAuth2Error(
                OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE,
                "Too many wrong secrets for this client. Check the secret, and ask again after the seconds in Retry-After.",
                null));
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
