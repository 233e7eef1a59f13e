package io.qlikbridge.signing;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys in the forms that admins upload them in. */
public final class KeyFiles {

    public static final String AES = JceOpenSSLPKCS8EncryptorBuilder.AES_256_CBC;
    public static final KeyPair RSA = pair("RSA", 2048);

    private KeyFiles() {}

    public static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static byte[] pkcs8Der(KeyPair pair) {
        return pair.getPrivate().getEncoded();
    }

    public static byte[] pkcs1Der(KeyPair pair) {
        try {
            return PrivateKeyInfo.getInstance(pkcs8Der(pair))
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static String pkcs8(KeyPair pair) {
        return pem("PRIVATE KEY", pkcs8Der(pair));
    }

    static String pkcs1(KeyPair pair) {
        return pem("RSA PRIVATE KEY", pkcs1Der(pair));
    }

    static String publicKey(KeyPair pair) {
        return pem("PUBLIC KEY", ((Key) pair.getPublic()).getEncoded());
    }

    static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }

    /** @param scheme as {@link JceOpenSSLPKCS8EncryptorBuilder} has them */
    public static String encryptedPkcs8(KeyPair pair, String scheme, String passphrase, int rounds) {
        try {
            return written(new JcaPKCS8Generator(
                    pair.getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(new ASN1ObjectIdentifier(scheme))
                            .setProvider(new BouncyCastleProvider())
                            .setPassword(passphrase.toCharArray())
                            .setIterationCount(rounds)
                            .build()));
        } catch (IOException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static String legacyEncrypted(KeyPair pair, String algorithm, String passphrase) {
        try {
            return written(new JcaMiscPEMGenerator(
                    pair.getPrivate(),
                    new JcePEMEncryptorBuilder(algorithm)
                            .setProvider(new BouncyCastleProvider())
                            .build(passphrase.toCharArray())));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String written(PemObjectGenerator content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(content);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return text.toString();
    }
}
