package io.qlikbridge.oauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** A token request that is refused with a sentence of our own, which says what to change. */
public final class TokenRequestRefused extends OAuth2AuthenticationException {

    private final transient @Nullable Duration retryAfter;

    /**
     * @param code of RFC 6749, section 5.2, or of an extension
     * @param description shown as it is, but for characters that the section does not allow
     */
    public TokenRequestRefused(String code, String description) {
        this(code, description, null);
    }

    /** @param retryAfter when it is worth asking again; rounded up to whole seconds in the answer */
    public TokenRequestRefused(String code, String description, @Nullable Duration retryAfter) {
        super(new OAuth2Error(code, allowed(description), null));
        this.retryAfter = retryAfter;
    }

    String description() {
        return String.valueOf(getError().getDescription());
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Printable ASCII without quotes and backslashes. */
    private static String allowed(String description) {
        return description
                .replace('"', '\'')
                .replace('\\', '/')
                .replace("\u2026", "...")
                .replaceAll("[^\\x20-\\x7E]", "?");
    }
}
