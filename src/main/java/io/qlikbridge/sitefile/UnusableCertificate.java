package io.qlikbridge.sitefile;

import io.qlikbridge.problem.BridgeException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** The sentences for certificates that were read and are of no use, by themselves or beside the others. */
final class UnusableCertificate {

    private UnusableCertificate() {}

    /** @param subject of a certificate that came with the key */
    static BridgeException keyOfAnother(String subject) {
        return UnusableSiteFile.because("The private key is not that of the certificate " + subject
                + ". Send certificate and key of one export.");
    }

    static BridgeException serverAsClient(String subject) {
        return UnusableSiteFile.because(
                "The certificate " + subject + " is for servers alone: its extended key usage does not name client"
                        + " authentication. Send the client's instead of the server's: client.pfx, or client.pem with"
                        + " client_key.pem.");
    }

    static BridgeException rootAsClient(String subject) {
        return UnusableSiteFile.because("The client's certificate is the root itself, " + subject
                + ". Send the client's: client.pfx, or client.pem with client_key.pem; the key of the root belongs on the"
                + " site alone.");
    }

    /** @param issuer of the client's chain, which has another name than the root */
    static BridgeException otherRoot(String issuer, String root) {
        return UnusableSiteFile.because("The client certificate is issued by " + issuer + ", and the root is " + root
                + ", another site's. Send client and root of one export of this site.");
    }

    static BridgeException formerRoot(String root) {
        return UnusableSiteFile.because(
                "The client certificate names " + root + " as its issuer, and is not signed by the root of that name"
                        + " which came with it: the site's certificates were made anew between the two exports. Export client and"
                        + " root again, together.");
    }

    static BridgeException clientAsRoot() {
        return UnusableSiteFile.because(
                "The file in the field root is the client's certificate. Send the root's certificate: root.cer or"
                        + " root.pem.");
    }

    static BridgeException noRoot(String subject, String issuer) {
        return UnusableSiteFile.because(
                "The file in the field root is the certificate " + subject + ", which is no root: it is issued by "
                        + issuer + ". Send the certificate of that: root.cer or root.pem.");
    }

    static BridgeException intermediate(String subject, String issuer) {
        return UnusableSiteFile.because("The file in the field root is the certificate of an intermediate authority, "
                + subject + ", issued by " + issuer + ". Send the self-signed certificate at the top.");
    }

    static BridgeException noAuthority(String subject) {
        return UnusableSiteFile.because(
                "The certificate in the field root, " + subject + ", is signed by itself, but is no certificate"
                        + " authority's: it may not issue others. Send the root's certificate: root.cer or root.pem.");
    }

    static BridgeException severalRoots() {
        return UnusableSiteFile.because(
                "The file in the field root holds several roots. Send the certificate of the site's own alone.");
    }

    /** @param name what the certificate is called, without article */
    static BridgeException expired(String name, String subject, Instant end, Instant now) {
        return UnusableSiteFile.because(
                "The " + name + " " + subject + " expired at " + end + "; it is " + now
                        + " now. A site makes new ones when its repository service starts; export client and root again, together.");
    }

    static BridgeException notYetValid(String name, String subject, Instant begin, Instant now) {
        return UnusableSiteFile.because("The " + name + " " + subject + " is not yet valid: it begins at " + begin
                + ", and it is " + now + " now. Wait until then, or set the clock that is wrong.");
    }

    static BridgeException algorithmRefused(X509Certificate certificate, int bits) {
        return UnusableSiteFile.because("The certificate " + CertificateNames.subject(certificate) + ", signed with "
                + certificate.getSigAlgName()
                + (bits == Integer.MAX_VALUE ? "" : " and with a key of " + bits + " bits")
                + ", is too weak for the JDK (jdk.certpath.disabledAlgorithms). Have the site make its certificates anew, with"
                + " SHA-256 and keys of 2048 bits, and export them again.");
    }

    static BridgeException sha1(X509Certificate certificate) {
        return UnusableSiteFile.because(
                "The certificate " + CertificateNames.subject(certificate) + " is signed with SHA-1, which the JDK"
                        + " refuses in TLS (jdk.certpath.disabledAlgorithms). Have the site make its certificates anew, with SHA-256,"
                        + " as present versions of Qlik Sense do, and export client and root again, together.");
    }
}
