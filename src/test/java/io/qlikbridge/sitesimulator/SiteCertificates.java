package io.qlikbridge.sitesimulator;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificates a site has made for itself: its authority's, its servers' and the one for clients. Good for ten years. */
final class SiteCertificates {

    private final KeyPair authority = SiteKeys.fresh();
    private final KeyPair serverKeys;
    private final KeyPair clientKeys;
    private final X500Name authorityName;
    private final Instant madeAt = Instant.now();
    private final X509Certificate root;
    private final X509Certificate client;

    private SiteCertificates(String authorityName, int generation) {
        this.authorityName = new X500Name("CN=" + authorityName);
        this.serverKeys = SiteKeys.of("server " + generation);
        this.clientKeys = SiteKeys.of("client " + generation);
        this.root = makeRoot();
        this.client = makeClient();
    }

    /**
     * Of an authority that is new each time, whatever its name.
     *
     * @param generation others have other keys
     */
    static SiteCertificates make(int generation) {
        return new SiteCertificates("LOCALHOST-CA", generation);
    }

    /** As a company's own authority signs for its web servers. */
    static SiteCertificates ofCompany() {
        return new SiteCertificates("Example Company CA", 0);
    }

    X509Certificate root() {
        return root;
    }

    X509Certificate client() {
        return client;
    }

    KeyPair serverKeys() {
        return serverKeys;
    }

    KeyPair clientKeys() {
        return clientKeys;
    }

    X509Certificate server(ServerCertificate kind) {
        try {
            boolean selfSigned = kind == ServerCertificate.SELF_SIGNED;
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    selfSigned ? new X500Name("CN=localhost") : authorityName,
                    serial(),
                    ago(Period.ofDays(2)),
                    kind == ServerCertificate.EXPIRED ? ago(Period.ofDays(1)) : ago(Period.ofYears(-10)),
                    new X500Name(kind == ServerCertificate.OTHER_NAMES ? "CN=sense-node-1" : "CN=localhost"),
                    serverKeys.getPublic());
            if (kind != ServerCertificate.SUBJECT_ONLY) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names(kind)));
            }
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            kind == ServerCertificate.FOR_CLIENTS
                                    ? KeyPurposeId.id_kp_clientAuth
                                    : KeyPurposeId.id_kp_serverAuth));
            return signed(
                    builder,
                    selfSigned ? serverKeys : authority,
                    kind == ServerCertificate.SHA1 ? "SHA1withRSA" : "SHA256withRSA");
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static GeneralName[] names(ServerCertificate kind) {
        return switch (kind) {
            case WITH_ADDRESS ->
                new GeneralName[] {dns("localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")};
            case OTHER_NAMES -> new GeneralName[] {dns("sense-node-1"), dns("sense.example.com")};
            default -> new GeneralName[] {dns("localhost")};
        };
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private X509Certificate makeRoot() {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authorityName,
                    serial(),
                    ago(Period.ofDays(2)),
                    ago(Period.ofYears(-10)),
                    authorityName,
                    authority.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return signed(builder, authority, "SHA256withRSA");
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate makeClient() {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authorityName,
                    serial(),
                    ago(Period.ofDays(2)),
                    ago(Period.ofYears(-10)),
                    new X500Name("CN=QlikClient"),
                    clientKeys.getPublic());
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            return signed(builder, authority, "SHA256withRSA");
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair by, String algorithm) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(by.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Date ago(Period time) {
        return Date.from(madeAt.atZone(ZoneOffset.UTC).minus(time).toInstant());
    }

    private static BigInteger serial() {
        return new BigInteger(127, new SecureRandom()).setBit(127);
    }
}
