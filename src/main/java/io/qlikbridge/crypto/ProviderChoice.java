package io.qlikbridge.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes Corretto when it loads and signs what the JDK verifies, else the JDK. */
final class ProviderChoice {

    private static final Logger log = LoggerFactory.getLogger(ProviderChoice.class);
    private static final String RS256 = "SHA256withRSA";
    /** Of a key that signs once, to see whether that works: a longer one takes longer to make, and shows no more. */
    private static final int BITS = 1024;

    private static @Nullable Provider checked;

    /** Where Corretto comes from. Whatever it throws means that it cannot be used. */
    interface Source {

        Provider load() throws Exception;
    }

    private ProviderChoice() {}

    /** @throws CryptoCannotStart when Corretto is demanded and cannot be used */
    static SigningProvider of(CryptoProperties.Wanted wanted, Source corretto) {
        Provider jdk = jdk();
        if (wanted == CryptoProperties.Wanted.JDK) {
            return signing(jdk, jdk);
        }
        try {
            Provider loaded = corretto.load();
            checkOnce(loaded);
            return signing(loaded, jdk);
        } catch (Exception | LinkageError unusable) {
            if (wanted == CryptoProperties.Wanted.CORRETTO) {
                throw new CryptoCannotStart(reason(unusable), unusable);
            }
            log.info(
                    "Signatures are made by {} {}: Corretto, which is several times as fast, cannot be used here: {}",
                    jdk.getName(),
                    jdk.getVersionStr(),
                    reason(unusable));
            return new SigningProvider(jdk, jdk);
        }
    }

    private static SigningProvider signing(Provider provider, Provider jdk) {
        log.info("Signatures are made by {} {}", provider.getName(), provider.getVersionStr());
        return new SigningProvider(provider, jdk);
    }

    private static Provider jdk() {
        try {
            return Signature.getInstance(RS256).getProvider();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This JDK cannot sign with RSA", impossible);
        }
    }

    /** A native library stays in the process, and with it what was found of it. */
    private static synchronized void checkOnce(Provider provider) throws GeneralSecurityException {
        if (provider != checked) {
            check(provider);
            checked = provider;
        }
    }

    private static void check(Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        byte[] probe = pair.getPublic().getEncoded();
        Signature signature = Signature.getInstance(RS256, provider);
        signature.initSign(pair.getPrivate());
        signature.update(probe);
        byte[] signed = signature.sign();

        PublicKey jdkKey = KeyFactory.getInstance("RSA", jdk()).generatePublic(new X509EncodedKeySpec(probe));
        Signature verification = Signature.getInstance(RS256, jdk());
        verification.initVerify(jdkKey);
        verification.update(probe);
        if (!verification.verify(signed)) {
            throw new SignatureException("the JDK does not verify what it signs");
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
