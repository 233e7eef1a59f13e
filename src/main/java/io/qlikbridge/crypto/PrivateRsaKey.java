package io.qlikbridge.crypto;

import java.security.PrivateKey;
import java.security.Provider;

/** A key, and the provider to sign with it. */
public record PrivateRsaKey(PrivateKey key, Provider provider) {

    @Override
    public String toString() {
        return "PrivateRsaKey[provider=" + provider.getName() + "]";
    }
}
