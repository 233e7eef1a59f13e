package io.qlikbridge.crypto;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** The JCA provider that signs here. It is not installed in the JVM: who wants it names it. */
public final class SigningProvider {

    private static final String RSA = "RSA";

    private final Provider provider;
    private final Provider any;

    /** @param any takes keys that the first does not */
    SigningProvider(Provider provider, Provider any) {
        this.provider = provider;
        this.any = any;
    }

    public String name() {
        return provider.getName();
    }

    public String version() {
        return provider.getVersionStr();
    }

    public Provider jca() {
        return provider;
    }

    /**
     * Reads an RSA key in the form of the provider that will sign with it: a key in another's form would be translated at
     * every signature. A key that the fast provider does not take (AWS-LC has no public exponents beyond 33 bits) is the
     * JDK's.
     *
     * @throws InvalidKeySpecException when it is no RSA key
     */
    public PrivateRsaKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        try {
            return read(encoded, provider);
        } catch (InvalidKeySpecException notForThisOne) {
            return read(encoded, any);
        }
    }

    private static PrivateRsaKey read(PKCS8EncodedKeySpec encoded, Provider provider) throws InvalidKeySpecException {
        try {
            PrivateKey key = KeyFactory.getInstance(RSA, provider).generatePrivate(encoded);
            return new PrivateRsaKey(key, provider);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(provider.getName() + " has no RSA", impossible);
        }
    }

    @Override
    public String toString() {
        return name() + " " + version();
    }
}
