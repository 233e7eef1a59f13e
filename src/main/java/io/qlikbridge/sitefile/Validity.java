package io.qlikbridge.sitefile;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When certificates are valid. */
final class Validity {

    private Validity() {}

    /** @param name what the certificate is called in a sentence, without article */
    static void check(String name, X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (now.isAfter(end)) {
            throw UnusableCertificate.expired(name, CertificateNames.subject(certificate), end, second);
        }
        if (now.isBefore(begin)) {
            throw UnusableCertificate.notYetValid(name, CertificateNames.subject(certificate), begin, second);
        }
    }
}
