package io.qlikbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

class KeyCertificateTests {

    private static final Instant NOW = Instant.parse("2028-02-29T12:00:00.123456Z");

    private final RsaKey key = PrivateKeyReader.read(KeyFiles.pkcs8Der(KeyFiles.RSA), null);
    private final KeyCertificate made = KeyCertificate.of(key, new ConnectionId("a".repeat(63)), NOW);

    @Test
    void ofNamesTheConnectionAndLastsFiveYears() throws Exception {
        X509Certificate certificate = parsed(made);

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + "a".repeat(63));
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(Instant.parse("2033-02-28T12:00:00Z")));
        assertThat(made.notAfter()).isEqualTo(certificate.getNotAfter().toInstant());
        assertThat(certificate.getNotBefore()).isEqualTo(Date.from(Instant.parse("2028-02-29T11:50:00Z")));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void ofCarriesThePublicKeyAndIsSignedByItself() throws Exception {
        X509Certificate certificate = parsed(made);

        assertThat(certificate.getPublicKey()).isEqualTo(KeyFiles.RSA.getPublic());
        assertThatNoException().isThrownBy(() -> certificate.verify(KeyFiles.RSA.getPublic()));
    }

    @Test
    void ofGivesEachCertificateAPositiveSerialOfItsOwn() throws Exception {
        X509Certificate one = parsed(made);
        X509Certificate other = parsed(KeyCertificate.of(key, new ConnectionId("main"), NOW));

        assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
        assertThat(other.getSerialNumber()).isPositive();
    }

    @Test
    void ofWritesPemWithShortLinesAndAFinalNewline() {
        assertThat(made.pem())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .endsWith("\n-----END CERTIFICATE-----\n")
                .doesNotContain("\r");
        assertThat(made.pem().lines()).allMatch(line -> line.length() <= 64);
    }

    private static X509Certificate parsed(KeyCertificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.pem().getBytes(StandardCharsets.US_ASCII)));
    }
}
