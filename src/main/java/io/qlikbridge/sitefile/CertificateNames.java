package io.qlikbridge.sitefile;

import io.qlikbridge.problem.PlainText;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** Who a certificate is of and from. */
final class CertificateNames {

    private static final int LONGEST = 200;

    private CertificateNames() {}

    /** Whom it is of, for a sentence. */
    static String subject(X509Certificate certificate) {
        return shown(certificate.getSubjectX500Principal());
    }

    /** Who made it, for a sentence. */
    static String issuer(X509Certificate certificate) {
        return shown(certificate.getIssuerX500Principal());
    }

    /** Whether one names the other as its issuer. */
    static boolean isNamedIssuer(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether it was signed with the other's key, whatever they are called. */
    static boolean isSignedBy(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException another) {
            return false;
        }
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isNamedIssuer(certificate, certificate) && isSignedBy(certificate, certificate);
    }

    private static String shown(X500Principal principal) {
        String name = principal.getName();
        String plain = PlainText.isPlain(name) ? name : "a name that cannot be shown";
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
