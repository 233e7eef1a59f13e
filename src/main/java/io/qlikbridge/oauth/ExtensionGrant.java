package io.qlikbridge.oauth;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** A grant of the token endpoint beside client credentials (RFC 6749, section 4.5). Each bean of this type is served and announced. */
public interface ExtensionGrant {

    /** The value of {@code grant_type}, an absolute URI. */
    String type();

    /**
     * Reads a request of a client who has signed in; {@code null} for one of another grant. What is wrong with it is a {@link
     * TokenRequestRefused}.
     */
    AuthenticationConverter converter();

    /** Gives what {@link #converter} has read its token, or refuses with a {@link TokenRequestRefused}. */
    AuthenticationProvider provider();
}
