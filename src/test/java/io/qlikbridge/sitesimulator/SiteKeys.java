package io.qlikbridge.sitesimulator;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RSA key pairs for certificates. */
final class SiteKeys {

    private static final Map<String, KeyPair> KEPT = new ConcurrentHashMap<>();

    private SiteKeys() {}

    static KeyPair fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same for the same name in all sites, since making one takes a while. */
    static KeyPair of(String name) {
        return KEPT.computeIfAbsent(name, asked -> fresh());
    }
}
