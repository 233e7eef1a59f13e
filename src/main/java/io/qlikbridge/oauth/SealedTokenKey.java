package io.qlikbridge.oauth;

import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;

/**
 * A key for access tokens at rest.
 *
 * @param sealed the whole key as a JWK
 */
record SealedTokenKey(String kid, String publicJwk, Sealed sealed) {

    static Place place(String kid, String publicJwk) {
        return SealedTokenKeys.TABLE.place(kid, publicJwk);
    }

    Place place() {
        return place(kid, publicJwk);
    }
}
