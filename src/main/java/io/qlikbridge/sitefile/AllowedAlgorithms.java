package io.qlikbridge.sitefile;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What this JVM thinks of the algorithms of a chain ({@code jdk.certpath.disabledAlgorithms}). SHA-1 is refused everywhere: some
 * JDKs take it of an authority of one's own, others do not, and a connection is not to depend on that.
 */
final class AllowedAlgorithms {

    private AllowedAlgorithms() {}

    /** The least that is not disabled by default, also of a root, at which no path ends when it stands alone. */
    private static final int LEAST_BITS = 1024;

    static void check(X509Certificate root) {
        if (bits(root) < LEAST_BITS) {
            throw UnusableCertificate.algorithmRefused(root, bits(root));
        }
    }

    static void check(X509Certificate root, List<X509Certificate> chain) {
        chain.stream().filter(AllowedAlgorithms::isOfSha1).findFirst().ifPresent(old -> {
            throw UnusableCertificate.sha1(old);
        });
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            // its own time may be any: whether it has ended, is told with a date
            parameters.setDate(chain.getFirst().getNotAfter());
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (CertPathValidatorException refused) {
            if (refused.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
                X509Certificate culprit = refused.getIndex() < 0 ? root : chain.get(refused.getIndex());
                throw UnusableCertificate.algorithmRefused(culprit, bits(culprit));
            }
            // anything else is for the site to judge
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("PKIX is not available", impossible);
        }
    }

    private static boolean isOfSha1(X509Certificate certificate) {
        return certificate.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1");
    }

    private static int bits(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey key
                ? key.getModulus().bitLength()
                : Integer.MAX_VALUE;
    }
}
