package io.qlikbridge.sitesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.sitesimulator.SiteExport.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exported is read by others: the JDK, keytool, openssl. */
class SiteExportTests {

    private static final String PASSWORD = "geheim";
    private static SimulatedSite site;

    @BeforeAll
    static void start() {
        site = SimulatedSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"WINDOWS,", "WINDOWS, geheim", "WINDOWS_RC2,", "WINDOWS_RC2, geheim"})
    void pfxHoldsTheClientsKeyAndCertificate(Form form, String password) throws Exception {
        char[] seal = (password == null ? "" : password).toCharArray();
        SiteExport export = site.export(form, password);

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(export.file("client.pfx")), seal);

        String alias = Collections.list(store.aliases()).getFirst();
        X509Certificate client = (X509Certificate) store.getCertificate(alias);
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=QlikClient");
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertPair((PrivateKey) store.getKey(alias, seal), client);
        client.verify(certificate(export.file("root.cer")).getPublicKey());
    }

    @Test
    void formsOfPfxAreSealedDifferently() {
        // the identifiers of PBES2 and of pbeWithSHAAnd40BitRC2-CBC, as DER
        byte[] pbes2 = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x05, 0x0d};
        byte[] rc2 = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x06};

        assertThat(latin(site.export(Form.WINDOWS, PASSWORD).file("client.pfx")))
                .contains(latin(pbes2))
                .doesNotContain(latin(rc2));
        assertThat(latin(site.export(Form.WINDOWS_RC2, PASSWORD).file("client.pfx")))
                .contains(latin(rc2))
                .doesNotContain(latin(pbes2));
    }

    @Test
    void windowsRootIsDer() throws Exception {
        SiteExport export = site.export(Form.WINDOWS);

        assertThat(export.files()).containsOnlyKeys("client.pfx", "server.pfx", "root.cer");
        assertThat(export.file("root.cer")[0]).isEqualTo((byte) 0x30);
        X509Certificate root = certificate(export.file("root.cer"));
        assertThat(root.getSubjectX500Principal().getName()).isEqualTo("CN=LOCALHOST-CA");
        assertThat(root.getBasicConstraints()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void pemKeysAreInPkcs8() throws Exception {
        SiteExport export = site.export(Form.PEM);

        assertThat(export.files())
                .containsOnlyKeys("client.pem", "client_key.pem", "server.pem", "server_key.pem", "root.pem");
        assertPair(pkcs8(export.text("client_key.pem"), "PRIVATE KEY"), certificate(export.file("client.pem")));
        assertPair(pkcs8(export.text("server_key.pem"), "PRIVATE KEY"), certificate(export.file("server.pem")));
        certificate(export.file("server.pem"))
                .verify(certificate(export.file("root.pem")).getPublicKey());
    }

    @Test
    void pemKeyWithAPasswordIsEncryptedPkcs8() throws Exception {
        SiteExport export = site.export(Form.PEM, PASSWORD);
        EncryptedPrivateKeyInfo sealed =
                new EncryptedPrivateKeyInfo(der(export.text("client_key.pem"), "ENCRYPTED PRIVATE KEY"));

        String algorithm = sealed.getAlgParameters().toString();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())),
                sealed.getAlgParameters());

        assertPair(
                KeyFactory.getInstance("RSA").generatePrivate(sealed.getKeySpec(cipher)),
                certificate(export.file("client.pem")));
    }

    @Test
    void pemKeyIsPlainWhereThePasswordIsForPfxAlone() {
        assertThat(site.export(Form.PEM_PLAIN, PASSWORD).text("client_key.pem"))
                .startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void oldPemKeyIsInPkcs1AndSealedAsOfOld() {
        assertThat(site.export(Form.PEM_PKCS1).text("client_key.pem"))
                .startsWith("-----BEGIN RSA PRIVATE KEY-----")
                .doesNotContain("Proc-Type");
        assertThat(site.export(Form.PEM_PKCS1, PASSWORD).text("client_key.pem"))
                .startsWith("-----BEGIN RSA PRIVATE KEY-----")
                .contains("Proc-Type: 4,ENCRYPTED", "DEK-Info: DES-EDE3-CBC,");
    }

    @Test
    void exportWithoutSecretKeysHasNone() throws Exception {
        assertThat(site.exportWithoutSecretKeys(Form.PEM, null).files())
                .containsOnlyKeys("client.pem", "server.pem", "root.pem");

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(
                        site.exportWithoutSecretKeys(Form.WINDOWS, PASSWORD).file("client.pfx")),
                PASSWORD.toCharArray());
        assertThat(store.isKeyEntry(Collections.list(store.aliases()).getFirst()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PEM,, rsa -in client_key.pem -check -noout",
        "PEM, geheim, rsa -in client_key.pem -passin pass:geheim -check -noout",
        "PEM_PKCS1,, rsa -in client_key.pem -check -noout",
        "PEM_PKCS1, geheim, rsa -in client_key.pem -passin pass:geheim -check -noout",
        "PEM,, verify -CAfile root.pem -purpose sslclient client.pem",
        "PEM,, verify -CAfile root.pem -purpose sslserver server.pem",
        "WINDOWS, geheim, pkcs12 -in client.pfx -passin pass:geheim -noout",
        "WINDOWS,, pkcs12 -in client.pfx -passin pass: -noout",
        "WINDOWS_RC2, geheim, pkcs12 -legacy -in client.pfx -passin pass:geheim -noout",
        "WINDOWS,, x509 -inform DER -in root.cer -noout"
    })
    void opensslReadsWhatIsWritten(Form form, String password, String command, @TempDir Path folder) throws Exception {
        assumeTrue(run(folder, "openssl", "version").isEmpty(), "openssl is not installed");
        site.export(form, password).to(folder);

        assertThat(run(folder, ("openssl " + command).split(" "))).isEmpty();
    }

    @Test
    void keytoolListsThePfx(@TempDir Path folder) throws Exception {
        site.export(Form.WINDOWS, PASSWORD).to(folder);

        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(run(folder, keytool, "-list", "-keystore", "client.pfx", "-storepass", PASSWORD))
                .isEmpty();
    }

    /** @return what it prints when it fails; nothing when it does not */
    private static String run(Path folder, String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + output;
        } catch (IOException missing) {
            return "failed: " + missing;
        }
    }

    private static void assertPair(PrivateKey key, X509Certificate certificate) {
        assertThat(((RSAPrivateCrtKey) key).getModulus())
                .isEqualTo(((RSAPublicKey) certificate.getPublicKey()).getModulus());
    }

    private static X509Certificate certificate(byte[] bytes) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static PrivateKey pkcs8(String pem, String label) throws Exception {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pem, label)));
    }

    private static byte[] der(String pem, String label) {
        return Base64.getMimeDecoder()
                .decode(pem.strip()
                        .replaceFirst("^-----BEGIN " + label + "-----", "")
                        .replaceFirst("-----END " + label + "-----$", ""));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
