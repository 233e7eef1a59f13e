package io.qlikbridge.consoleissuers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known again when somebody comes back from an issuer.
 *
 * @param key of the issuer
 * @param verifier of the code (RFC 7636, section 4.1)
 * @param redirectUri as the issuer was told
 * @param next the page that was wanted
 * @param at when it was begun
 */
record BegunSignIn(
        String key,
        String state,
        String nonce,
        String verifier,
        String redirectUri,
        @Nullable String next,
        Instant at) {

    @Override
    public String toString() {
        return "BegunSignIn[key=" + key + ", at=" + at + "]";
    }
}
