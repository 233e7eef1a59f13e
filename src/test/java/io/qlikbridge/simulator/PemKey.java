package io.qlikbridge.simulator;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the RSA key of an identity provider from a certificate or a public key in PEM: with line breaks, with the two
 * characters {@code \n} in their place, or on a single line. Which forms Qlik refuses is not published, nor whether it looks
 * at a certificate's dates; they are not looked at here.
 */
final class PemKey {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----", Pattern.DOTALL);

    private PemKey() {}

    static PublicKey read(String pem) {
        Matcher block =
                BLOCK.matcher(pem.replace("\\r", "").replace("\\n", "\n").strip());
        if (!block.matches()) {
            throw unreadable();
        }
        try {
            byte[] der = Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
            PublicKey key = block.group(1).equals("CERTIFICATE") ? ofCertificate(der) : ofPublicKey(der);
            if (key instanceof RSAPublicKey) {
                return key;
            }
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static PublicKey ofCertificate(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
    }

    private static PublicKey ofPublicKey(byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }

    private static Refusal unreadable() {
        return Refusal.invalid("options.staticKeys[0].pem must be an RSA certificate or public key in PEM.");
    }
}
