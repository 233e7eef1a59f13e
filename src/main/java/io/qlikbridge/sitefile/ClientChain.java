package io.qlikbridge.sitefile;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The client's certificate among those that were uploaded, and the issuers behind it. */
final class ClientChain {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2"; // RFC 5280, section 4.2.1.12
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private ClientChain() {}

    /** The one that belongs to the key first, then its issuers, a root left out. */
    static List<X509Certificate> of(ClientFile file) {
        X509Certificate client = file.certificates().stream()
                .filter(certificate -> isOf(file, certificate))
                .max(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow(() -> UnusableCertificate.keyOfAnother(
                        CertificateNames.subject(file.certificates().getFirst())));
        refuseIfServers(client, file.field());
        List<X509Certificate> chain = new ArrayList<>(List.of(client));
        Optional<X509Certificate> issuer = issuer(chain, file.certificates());
        while (issuer.isPresent()) {
            chain.add(issuer.get());
            issuer = issuer(chain, file.certificates());
        }
        return chain;
    }

    /** Refuses a chain that ends somewhere else, or that the JDK would not accept of a server either. */
    static void refuseUnlessIssuedBy(X509Certificate root, List<X509Certificate> chain) {
        X509Certificate client = chain.getFirst();
        X509Certificate last = chain.getLast();
        if (client.equals(root)) {
            throw UnusableCertificate.rootAsClient(CertificateNames.subject(root));
        }
        if (!CertificateNames.isNamedIssuer(root, last)) {
            throw UnusableCertificate.otherRoot(CertificateNames.issuer(last), CertificateNames.subject(root));
        }
        if (!CertificateNames.isSignedBy(root, last)) {
            throw UnusableCertificate.formerRoot(CertificateNames.subject(root));
        }
        AllowedAlgorithms.check(root, chain);
    }

    private static boolean isOf(ClientFile file, X509Certificate certificate) {
        RSAPublicKey own = file.presentKey().publicKey();
        return certificate.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().equals(own.getModulus())
                && key.getPublicExponent().equals(own.getPublicExponent());
    }

    /** By what it may be used for, and not by its name; one that says nothing of it may be used for anything. */
    private static void refuseIfServers(X509Certificate client, SiteField field) {
        List<String> purposes;
        try {
            purposes = client.getExtendedKeyUsage();
        } catch (CertificateParsingException malformed) {
            throw UnusableSiteFile.damaged(field);
        }
        if (purposes != null && !purposes.contains(CLIENT_AUTHENTICATION) && !purposes.contains(ANY_PURPOSE)) {
            throw UnusableCertificate.serverAsClient(CertificateNames.subject(client));
        }
    }

    private static Optional<X509Certificate> issuer(List<X509Certificate> chain, List<X509Certificate> candidates) {
        X509Certificate last = chain.getLast();
        return candidates.stream()
                .filter(candidate -> !chain.contains(candidate))
                .filter(candidate -> CertificateNames.isNamedIssuer(candidate, last))
                .filter(candidate -> CertificateNames.isSignedBy(candidate, last))
                .filter(candidate -> !CertificateNames.isSelfSigned(candidate))
                .findFirst();
    }
}
