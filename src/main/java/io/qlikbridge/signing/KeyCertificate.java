package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.keyfile.RsaKey;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The self-signed X.509 certificate (RFC 5280) that carries a key's public part to the tenant's identity provider.
 *
 * @param pem {@code CERTIFICATE}, with a final newline
 */
record KeyCertificate(String pem, Instant notAfter) {

    private static final int YEARS = 5;
    private static final int SERIAL_BITS = 127;

    /** For the tenant whose clock is behind ours. */
    private static final Duration BACKDATED = Duration.ofMinutes(10);

    /** Made now for five years, with the connection's id as common name. */
    static KeyCertificate of(RsaKey key, ConnectionId connection, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Instant end = second.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, connection.value())
                .build();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name, serial(), Date.from(second.minus(BACKDATED)), Date.from(end), name, key.publicKey());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            X509CertificateHolder certificate =
                    builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key.privateKey()));
            return new KeyCertificate(pem(certificate), end);
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("No certificate could be made", impossible);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
