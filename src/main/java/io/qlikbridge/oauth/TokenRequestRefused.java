package io.qlikbridge.oauth;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** A token request that is refused with a sentence of our own, which says what to change. */
final class TokenRequestRefused extends OAuth2AuthenticationException {

    /**
     * @param code of RFC 6749, section 5.2
     * @param description shown as it is; of the characters that the section allows, so without quotes and backslashes
     */
    TokenRequestRefused(String code, String description) {
        super(new OAuth2Error(code, description, null));
    }

    String description() {
        return String.valueOf(getError().getDescription());
    }
}
