package io.qlikbridge.sitefile;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;

/** The root among the certificates of the file that should hold it. */
final class RootFile {

    private static final int V3 = 3;
    private static final int NO_AUTHORITY = -1;

    private RootFile() {}

    /** @param chain of the client, which tells the root when there are several; empty without client */
    static X509Certificate root(byte[] upload, List<X509Certificate> chain) {
        List<X509Certificate> certificates = certificates(upload);
        List<X509Certificate> selfSigned =
                certificates.stream().filter(CertificateNames::isSelfSigned).toList();
        if (selfSigned.isEmpty()) {
            throw notSelfSigned(certificates, chain);
        }
        X509Certificate root = selfSigned.stream()
                .max(Comparator.comparingInt(candidate -> closeness(candidate, chain)))
                .orElseThrow();
        if (chain.isEmpty() && selfSigned.stream().distinct().count() > 1) {
            throw UnusableCertificate.severalRoots();
        }
        // a version without extensions cannot say so, and is accepted by the JDK
        if (root.getVersion() >= V3 && root.getBasicConstraints() == NO_AUTHORITY) {
            throw UnusableCertificate.noAuthority(CertificateNames.subject(root));
        }
        AllowedAlgorithms.check(root);
        return root;
    }

    private static List<X509Certificate> certificates(byte[] upload) {
        SiteFile file = SiteFile.of(SiteField.ROOT, upload);
        if (file.form() == SiteFile.Form.PFX) {
            throw UnusableSiteFile.pfxElsewhere(SiteField.ROOT);
        }
        if (file.hasKey()) {
            throw UnusableSiteFile.keyAsRoot();
        }
        return file.certificates();
    }

    private static int closeness(X509Certificate candidate, List<X509Certificate> chain) {
        if (chain.isEmpty() || !CertificateNames.isNamedIssuer(candidate, chain.getLast())) {
            return 0;
        }
        return CertificateNames.isSignedBy(candidate, chain.getLast()) ? 2 : 1;
    }

    private static RuntimeException notSelfSigned(List<X509Certificate> certificates, List<X509Certificate> chain) {
        if (!chain.isEmpty() && certificates.contains(chain.getFirst())) {
            return UnusableCertificate.clientAsRoot();
        }
        X509Certificate first = certificates.getFirst();
        return first.getBasicConstraints() == NO_AUTHORITY
                ? UnusableCertificate.noRoot(CertificateNames.subject(first), CertificateNames.issuer(first))
                : UnusableCertificate.intermediate(CertificateNames.subject(first), CertificateNames.issuer(first));
    }
}
