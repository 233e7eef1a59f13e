package io.qlikbridge.sitefile;

import static io.qlikbridge.sitefile.SiteFixture.der;
import static io.qlikbridge.sitefile.SiteFixture.key;
import static io.qlikbridge.sitefile.SiteFixture.pem;
import static io.qlikbridge.sitefile.SiteFixture.pfx;
import static io.qlikbridge.sitefile.SiteFixture.pkcs1;
import static io.qlikbridge.sitefile.SiteFixture.pkcs8;
import static io.qlikbridge.sitefile.SiteFixture.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFilesTests {

    private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
    private static final SiteFixture SITE = SiteFixture.site();
    private static final X509Certificate CLIENT = SITE.client();
    private static final X509Certificate ROOT = SITE.root();
    private static final KeyPair KEY = SITE.clientKey();

    // what is read

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void pfxOfOpensslIsRead(String file) {
        SiteIdentity read = read(upload(file(file + ".pfx"), null, null, file("root.pem"), "s3cret"));
        assertThat(names(read)).containsExactly("CN=QlikClient");
        assertThat(read.root().getSubjectX500Principal().getName()).isEqualTo("CN=SENSE.lab.example-CA");
    }

    @ParameterizedTest
    @CsvSource({
        "legacy-empty,",
        "modern-empty,",
        "legacy-empty,''",
        "modern-empty,''",
        "open,",
        "open,other",
        "modern-empty,other"
    })
    void passphraseThatIsNotNeededIsNotLookedAt(String file, String passphrase) {
        assertThat(names(read(upload(file(file + ".pfx"), null, null, file("root.cer"), passphrase))))
                .containsExactly("CN=QlikClient");
    }

    @Test
    void passphraseBeyondAsciiOpensPfx() {
        assertThat(names(read(upload(file("umlaut.pfx"), null, null, file("root.cer"), "schlüssel"))))
                .containsExactly("CN=QlikClient");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.16.840.1.101.3.4.1.2",
                "2.16.840.1.101.3.4.1.22",
                "2.16.840.1.101.3.4.1.42",
                "1.2.840.113549.3.7",
                "1.2.840.113549.1.12.1.3",
                "1.2.840.113549.1.12.1.4",
                "1.2.840.113549.1.12.1.5",
                "1.2.840.113549.1.12.1.6"
            })
    void encryptionOfPfxIsRead(String cipher) {
        ASN1ObjectIdentifier scheme = new ASN1ObjectIdentifier(cipher);
        byte[] pfx = pfx(scheme, scheme, 2000, "s3crét", KEY, CLIENT, ROOT);
        assertThat(names(read(upload(pfx, null, null, pem(ROOT), "s3crét")))).containsExactly("CN=QlikClient");
    }

    @ParameterizedTest
    @CsvSource({
        "client.pem,client_key.pem,",
        "client.pem,client_key.der,",
        "client.pem,client_key_old.pem,s3cret",
        "client.pem,client_key_encrypted.pem,s3cret",
        "all.pem,,",
        ",all.pem,",
        "all.pem,all.pem,"
    })
    void pemOfOpensslIsRead(String client, String key, String passphrase) {
        byte[] certificate = client == null ? null : file(client);
        byte[] secret = key == null ? null : file(key);
        SiteIdentity read = read(upload(null, certificate, secret, file("root.pem"), passphrase));
        assertThat(names(read)).containsExactly("CN=QlikClient");
    }

    @Test
    void keyIsReadInEveryForm() {
        for (byte[] form : List.of(pkcs8(KEY), pkcs1(KEY), KEY.getPrivate().getEncoded())) {
            assertThat(names(read(upload(null, pem(CLIENT), form, der(ROOT), null))))
                    .hasSize(1);
        }
        for (byte[] form : List.of(pkcs8(KEY, "p"), pkcs1(KEY, "p"))) {
            assertThat(names(read(upload(null, der(CLIENT), form, pem(ROOT), "p"))))
                    .hasSize(1);
        }
    }

    @Test
    void textsThatWentThroughToolsAreRead() {
        String plain = new String(pem(CLIENT), StandardCharsets.US_ASCII);
        String oneLine = plain.replace("\n", "");
        String crlf = "Bag Attributes\r\n    friendlyName: QlikClient\r\n" + plain.replace("\n", "\r\n");
        String marked = "\ufeff" + plain;
        String wrapped = Base64.getEncoder().encodeToString(pem(CLIENT));
        String bare = Base64.getMimeEncoder().encodeToString(der(CLIENT));
        for (String form : List.of(oneLine, crlf, marked, wrapped, bare)) {
            byte[] client = form.getBytes(StandardCharsets.UTF_8);
            assertThat(names(read(upload(null, client, pkcs8(KEY), der(ROOT), null))))
                    .hasSize(1);
        }
        byte[] utf16 = plain.getBytes(StandardCharsets.UTF_16);
        assertThat(names(read(upload(null, utf16, pkcs8(KEY), der(ROOT), null))))
                .hasSize(1);
        byte[] pfx = Base64.getEncoder().encode(pfx("p", KEY, CLIENT));
        assertThat(names(read(upload(pfx, null, null, der(ROOT), "p")))).hasSize(1);
    }

    @Test
    void chainHasTheIssuersWithoutTheRootWhateverTheirOrder() {
        SiteFixture middle = SITE.certificate("CN=Middle", key("middle")).issuedAuthority();
        X509Certificate client = middle.certificate("CN=Below", KEY).issued();
        byte[] pfx = pfx("p", KEY, ROOT, middle.root(), client, SITE.server("sense", key("server")));
        SiteIdentity read = read(upload(pfx, null, null, pem(ROOT), "p"));
        assertThat(names(read)).containsExactly("CN=Below", "CN=Middle");
    }

    @Test
    void rootAloneIsEnough() {
        SiteIdentity read = read(upload(null, null, null, der(ROOT), null));
        assertThat(read.client()).isNull();
        assertThat(read.root()).isEqualTo(ROOT);
    }

    @Test
    void selfSignedOneOfARootFileCounts() {
        byte[] bundle = together(pem(CLIENT), pem(ROOT), pem(CLIENT));
        assertThat(read(upload(null, pem(CLIENT), pkcs8(KEY), bundle, null)).root())
                .isEqualTo(ROOT);
    }

    @Test
    void ofSeveralRootsTheClientsIsTaken() {
        SiteFixture other = SiteFixture.site("CN=Other-CA", "other");
        byte[] both = pem(other.root(), ROOT);
        assertThat(read(upload(null, pem(CLIENT), pkcs8(KEY), both, null)).root())
                .isEqualTo(ROOT);
        refused(upload(null, null, null, both, null), "several roots");
    }

    @Test
    void certificateIsAClientsUnlessItsPurposesSayOtherwise() {
        X509Certificate silent = SITE.certificate("CN=sense.lab.example", KEY).issued();
        X509Certificate any = SITE.certificate("CN=any", KEY)
                .purposes(KeyPurposeId.anyExtendedKeyUsage)
                .issued();
        X509Certificate both = SITE.certificate("CN=both", KEY)
                .purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                .issued();
        for (X509Certificate client : List.of(silent, any, both)) {
            assertThat(names(read(upload(null, pem(client), pkcs8(KEY), pem(ROOT), null))))
                    .hasSize(1);
        }
    }

    @Test
    void shortKeyIsReadAsTheJdkTakesIt() {
        KeyPair small = key(1024);
        X509Certificate old = SITE.certificate("CN=QlikClient", small).issued();
        assertThat(names(read(upload(null, pem(old), pkcs8(small), pem(ROOT), null))))
                .hasSize(1);
    }

    // what is refused

    @Test
    void sha1IsRefusedWithHowToGoOn() {
        X509Certificate old =
                SITE.certificate("CN=QlikClient", KEY).algorithm("SHA1withRSA").issued();
        refused(
                upload(null, pem(old), pkcs8(KEY), pem(ROOT), null),
                "is signed with SHA-1",
                "make its certificates anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pfx", "client", "clientKey", "root"})
    void fileThatIsNoneIsRefused(String field) {
        refused(with(field, new byte[0]), "The file in the field " + field + " is empty");
        refused(with(field, "\r\n \ufeff".getBytes(StandardCharsets.UTF_8)), field + " is empty");
        refused(with(field, "<html>Log in</html>".getBytes(StandardCharsets.UTF_8)), field + " is neither PEM nor DER");
        refused(with(field, file("client.jks")), field + " is a key store of Java", "keytool -importkeystore");
    }

    @Test
    void truncatedOrDamagedFileIsRefused() {
        byte[] pem = pem(CLIENT);
        refused(with("client", Arrays.copyOf(pem, pem.length - 40)), "client is truncated");
        refused(with("client", Arrays.copyOf(pem, 20)), "client is truncated");
        refused(with("root", Arrays.copyOf(der(ROOT), 300)), "root is truncated or damaged");
        byte[] pfx = pfx("p", KEY, CLIENT);
        refused(with("pfx", Arrays.copyOf(pfx, pfx.length - 300)), "pfx is truncated or damaged");
        byte[] key = pkcs8(KEY);
        refused(with("clientKey", Arrays.copyOf(key, key.length - 60)), "clientKey is truncated");
        refused(
                with("clientKey", Arrays.copyOf(KEY.getPrivate().getEncoded(), 500)),
                "clientKey is truncated or damaged");
        refused(
                with(
                        "client",
                        new String(pem, StandardCharsets.US_ASCII)
                                .replace("MII", "M!I")
                                .getBytes(StandardCharsets.US_ASCII)),
                "client is truncated or damaged");
        byte[] nested = new byte[60_000];
        for (int at = 0; at < nested.length; at += 2) {
            nested[at] = 0x30;
            nested[at + 1] = (byte) 0x80;
        }
        refused(with("pfx", nested), "pfx is truncated or damaged");
    }

    @Test
    void wrongPassphraseIsRefused() {
        for (ASN1ObjectIdentifier cipher : List.of(SiteFixture.AES, SiteFixture.RC2, SiteFixture.TRIPLE_DES)) {
            byte[] pfx = pfx(cipher, cipher, 1000, "right", KEY, CLIENT);
            refused(
                    upload(pfx, null, null, pem(ROOT), "wrong"),
                    "The passphrase does not open the file in the field pfx");
            refused(upload(pfx, null, null, pem(ROOT), null), "pfx is encrypted", "field passphrase");
            refused(upload(pfx, null, null, pem(ROOT), ""), "pfx is encrypted", "field passphrase");
        }
        for (byte[] key : List.of(pkcs8(KEY, "right"), pkcs1(KEY, "right"))) {
            refused(upload(null, pem(CLIENT), key, pem(ROOT), "wrong"), "passphrase does not open", "clientKey");
            refused(upload(null, pem(CLIENT), key, pem(ROOT), null), "clientKey is encrypted", "field passphrase");
        }
        byte[] clear = pfx(SiteFixture.AES, null, 1000, "right", KEY, CLIENT);
        refused(
                upload(clear, null, null, pem(ROOT), "wrong"),
                "The passphrase does not open the file in the field pfx");
    }

    @Test
    void exportWithoutTheSecretKeyIsRefused() {
        refused(
                upload(file("nokey.pfx"), null, null, file("root.pem"), "s3cret"),
                "without its private key",
                "with the secret key");
        refused(
                upload(null, pem(CLIENT), null, pem(ROOT), null),
                "without its private key",
                "client_key.pem",
                "with the secret key");
    }

    @Test
    void keyWithoutItsCertificateIsRefused() {
        refused(upload(null, null, pkcs8(KEY), pem(ROOT), null), "came without the client's certificate");
        refused(
                upload(pfx(SiteFixture.AES, null, 1000, "p", KEY), null, null, pem(ROOT), "p"),
                "pfx holds no certificate");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        refused(
                upload(null, pem(CLIENT), pkcs8(key("another")), pem(ROOT), null),
                "The private key is not that of the certificate CN=QlikClient");
        refused(upload(pfx("p", key("another"), CLIENT), null, null, pem(ROOT), "p"), "not that of the certificate");
    }

    @Test
    void severalKeysAreRefused() {
        byte[] pfx = pfx(SiteFixture.AES, null, 1000, "p", List.of(KEY, key("another")), CLIENT);
        refused(upload(pfx, null, null, pem(ROOT), "p"), "pfx holds more than one private key");
        refused(
                with("clientKey", together(pkcs8(KEY), pkcs8(key("another")))),
                "clientKey holds more than one private key");
    }

    @Test
    void serversCertificateIsRefused() {
        X509Certificate server = SITE.server("sense.lab.example", KEY);
        refused(
                upload(null, pem(server), pkcs8(KEY), pem(ROOT), null),
                "CN=sense.lab.example is for servers alone",
                "client.pfx");
        X509Certificate named = SITE.certificate("CN=QlikClient", KEY)
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .issued();
        refused(upload(null, pem(named), pkcs8(KEY), pem(ROOT), null), "for servers alone");
    }

    @Test
    void rootThatTheClientDoesNotLeadToIsRefused() {
        SiteFixture another = SiteFixture.site("CN=OTHER.lab.example-CA", "other");
        refused(
                upload(null, pem(CLIENT), pkcs8(KEY), pem(another.root()), null),
                "issued by CN=SENSE.lab.example-CA, and the root is CN=OTHER.lab.example-CA, another site's");
        SiteFixture anew = SiteFixture.site("CN=SENSE.lab.example-CA", "anew");
        refused(upload(null, pem(CLIENT), pkcs8(KEY), pem(anew.root()), null), "made anew between the two exports");
    }

    @Test
    void rootThatIsNoneIsRefused() {
        SiteFixture middle = SITE.certificate("CN=Middle", key("middle")).issuedAuthority();
        X509Certificate below = middle.certificate("CN=Below", KEY).issued();
        refused(
                upload(null, pem(below), pkcs8(KEY), pem(middle.root()), null),
                "intermediate authority, CN=Middle",
                "issued by CN=SENSE.lab.example-CA");
        refused(upload(null, pem(CLIENT), pkcs8(KEY), pem(CLIENT), null), "root is the client's certificate");
        refused(
                upload(null, null, null, pem(CLIENT), null),
                "CN=QlikClient, which is no root",
                "issued by CN=SENSE.lab.example-CA");
        X509Certificate selfMade = new SelfMade(SITE).certificate();
        refused(upload(null, null, null, pem(selfMade), null), "signed by itself, but is no certificate authority's");
    }

    @Test
    void keyOfTheRootIsRefusedAsAClients() {
        refused(
                upload(null, pem(ROOT), pkcs8(SITE.rootKey()), pem(ROOT), null),
                "client's certificate is the root itself");
    }

    @Test
    void certificateOutOfItsTimeIsRefused() {
        Instant end = Instant.parse("2027-05-31T00:00:00Z");
        X509Certificate ended = SITE.certificate("CN=QlikClient", KEY)
                .valid(SiteFixture.BEGIN, end)
                .issued();
        refused(
                upload(null, pem(ended), pkcs8(KEY), pem(ROOT), null),
                "client certificate CN=QlikClient expired at 2027-05-31T00:00:00Z",
                "2027-06-01T12:00:00Z");
        Instant begin = Instant.parse("2027-07-01T00:00:00Z");
        X509Certificate later = SITE.certificate("CN=QlikClient", KEY)
                .valid(begin, SiteFixture.END)
                .issued();
        refused(
                upload(null, pem(later), pkcs8(KEY), pem(ROOT), null),
                "not yet valid: it begins at 2027-07-01T00:00:00Z");

        SiteFixture old = new Dated("CN=old-CA", SiteFixture.BEGIN, end).site();
        refused(upload(null, null, null, pem(old.root()), null), "root's certificate CN=old-CA expired at 2027-05-31");
        SiteFixture future = new Dated("CN=new-CA", begin, SiteFixture.END).site();
        refused(upload(null, null, null, pem(future.root()), null), "root's certificate CN=new-CA is not yet valid");
    }

    @Test
    void algorithmThatTheJdkRefusesIsRefused() {
        X509Certificate md5 =
                SITE.certificate("CN=QlikClient", KEY).algorithm("MD5withRSA").issued();
        refused(
                upload(null, pem(md5), pkcs8(KEY), pem(ROOT), null),
                "CN=QlikClient, signed with MD5withRSA",
                "too weak",
                "SHA-256");
        KeyPair tiny = key(768);
        X509Certificate small = SITE.certificate("CN=QlikClient", tiny).issued();
        refused(upload(null, pem(small), pkcs8(tiny), pem(ROOT), null), "fewer than 1024 bits");
        SiteFixture weak = SITE.certificate("CN=weak-CA", tiny).authority().selfSigned();
        refused(upload(null, null, null, pem(weak.root()), null), "CN=weak-CA", "key of 768 bits", "too weak");
    }

    @Test
    void fileOfAnotherFieldIsRefused() {
        byte[] pfx = pfx("p", KEY, CLIENT);
        refused(with("client", pfx), "client is PKCS#12", "in the field pfx");
        refused(with("clientKey", pfx), "clientKey is PKCS#12", "in the field pfx");
        refused(with("root", pfx), "root is PKCS#12", "root.cer or root.pem");
        refused(with("pfx", pem(CLIENT)), "pfx is PEM", "client and its private key in clientKey");
        refused(with("pfx", der(ROOT)), "pfx is a certificate alone", "client.pfx");
        refused(with("pfx", KEY.getPrivate().getEncoded()), "pfx is a private key alone");
        refused(with("clientKey", pem(CLIENT)), "clientKey holds a certificate and no private key");
        refused(with("client", pkcs8(KEY)), "client holds a private key and no certificate");
        refused(
                upload(null, pkcs8(KEY), pem(CLIENT), pem(ROOT), null),
                "client holds a private key and no certificate");
        refused(with("root", pkcs8(KEY)), "root holds a private key");
        refused(with("root", together(pem(ROOT), pkcs8(KEY))), "root holds a private key");
        refused(with("root", file("root.p7b")), "root is a PKCS#7 collection", "openssl pkcs7 -print_certs");
        refused(with("client", file("client.csr")), "client is a certificate request");
        refused(with("client", file("public.pem")), "client is a public key");
        refused(with("clientKey", file("public.pem")), "clientKey is a public key");
        refused(
                with(
                        "clientKey",
                        "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n"
                                .getBytes(StandardCharsets.US_ASCII)),
                "clientKey is an EC key");
    }

    @Test
    void costlyEncryptionIsRefused() {
        for (ASN1ObjectIdentifier cipher : List.of(SiteFixture.AES, SiteFixture.RC2)) {
            String pfx = HexFormat.of().formatHex(pfx(cipher, null, 100_000, "p", KEY, CLIENT));
            byte[] costly = HexFormat.of().parseHex(pfx.replace("0203" + "0186a0", "0203" + "7fffff"));
            refused(upload(costly, null, null, pem(ROOT), "p"), "more rounds of key derivation");
        }
    }

    @Test
    void nothingSecretIsPrinted() {
        SiteUpload upload = upload(pfx("p", KEY, CLIENT), null, null, pem(ROOT), "p");
        assertThat(upload.toString()).isEqualTo("SiteUpload[]");
        SiteIdentity read = read(upload);
        assertThat(read.toString())
                .isEqualTo("SiteIdentity[client=ClientIdentity[CN=QlikClient], root=CN=SENSE.lab.example-CA]");
        upload.wipe();
        assertThat(upload.pfx()).containsOnly(0);
        assertThat(upload.root()).containsOnly(0);
        assertThat(upload.passphrase()).containsOnly('\0');
    }

    /** Signed by itself, and for issuing nothing. */
    private record SelfMade(SiteFixture site) {

        X509Certificate certificate() {
            return site.certificate("CN=self", key("self")).selfSigned().root();
        }
    }

    private record Dated(String name, Instant begin, Instant end) {

        SiteFixture site() {
            return SITE.certificate(name, key(name))
                    .valid(begin, end)
                    .authority()
                    .selfSigned();
        }
    }

    private static SiteUpload with(String field, byte[] file) {
        return switch (field) {
            case "pfx" -> upload(file, null, null, pem(ROOT), "p");
            case "client" -> upload(null, file, pkcs8(KEY), pem(ROOT), null);
            case "clientKey" -> upload(null, pem(CLIENT), file, pem(ROOT), null);
            default -> upload(null, null, null, file, null);
        };
    }

    private static SiteUpload upload(byte[] pfx, byte[] client, byte[] clientKey, byte[] root, String passphrase) {
        return new SiteUpload(pfx, client, clientKey, root, passphrase == null ? null : passphrase.toCharArray());
    }

    private static SiteIdentity read(SiteUpload upload) {
        return SiteFiles.read(upload, NOW);
    }

    private static List<String> names(SiteIdentity read) {
        return Objects.requireNonNull(read.client()).chain().stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    private static void refused(SiteUpload upload, String... parts) {
        BridgeException refusal = catchThrowableOfType(BridgeException.class, () -> read(upload));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ProblemCode.CERTIFICATE_UNREADABLE);
        assertThat(refusal.detail())
                .contains(parts)
                .doesNotContainIgnoringCase("signing")
                .endsWith(".");
    }

    private static byte[] file(String name) {
        try (InputStream stream = SiteFilesTests.class.getResourceAsStream("/sitefile/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
