package io.qlikbridge.sitecertificate;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A certificate as an admin sees it.
 *
 * @param subject and {@code issuer}: RFC 2253
 * @param notAfter the last instant at which it is valid
 * @param thumbprint SHA-256 of the whole certificate, lower-case hexadecimal
 */
public record CertificateView(String subject, String issuer, Instant notBefore, Instant notAfter, String thumbprint) {

    static CertificateView of(X509Certificate certificate) {
        return new CertificateView(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                CertificateText.thumbprint(certificate));
    }
}
