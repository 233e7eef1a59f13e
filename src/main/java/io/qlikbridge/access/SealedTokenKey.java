package io.qlikbridge.access;

import io.qlikbridge.vault.Sealed;

/**
 * A key for access tokens at rest.
 *
 * @param sealed the whole key as a JWK
 */
record SealedTokenKey(String kid, String publicJwk, Sealed sealed) {

    static String place(String kid) {
        return "access_token_key/" + kid;
    }
}
