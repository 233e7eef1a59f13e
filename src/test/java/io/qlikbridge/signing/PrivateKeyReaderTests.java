package io.qlikbridge.signing;

import static io.qlikbridge.signing.KeyFiles.RSA;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.RSAKey;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyReaderTests {

    private static final String PASSPHRASE = "corréct horse";
    private static final String PKCS8 = KeyFiles.pkcs8(RSA);
    private static final String PKCS1 = KeyFiles.pkcs1(RSA);
    private static final String ENCRYPTED = KeyFiles.encryptedPkcs8(RSA, KeyFiles.AES, PASSPHRASE, 2048);

    static Stream<Arguments> readable() {
        String certificate = certificate(RSA);
        return Stream.of(
                text("PKCS#8", PKCS8),
                text("PKCS#1", PKCS1),
                text("CRLF", PKCS8.replace("\n", "\r\n")),
                text("lone CR", PKCS8.replace("\n", "\r")),
                text("no final newline", PKCS8.strip()),
                text("PKCS#1 without final newline", PKCS1.strip()),
                text("leading and trailing blank lines", "\n\n" + PKCS8 + "\n\n"),
                text(
                        "leading text",
                        "Bag Attributes\n    friendlyName: bridge\nKey Attributes: <No Attributes>\n" + PKCS8),
                text("trailing text", PKCS8 + "that was the key\n"),
                text("with its certificate behind", PKCS8 + certificate),
                text("with its certificate in front", certificate + PKCS8),
                text("with its public key", KeyFiles.publicKey(RSA) + PKCS1),
                text("indented", PKCS8.indent(4)),
                text("trailing blanks", PKCS8.replace("\n", " \t\n")),
                text("one long line", PKCS8.replaceAll("(?<=[A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])", "")),
                text("UTF-8 byte order mark", "\ufeff" + PKCS8),
                text("PKCS#1 under the label of PKCS#8", KeyFiles.pem("PRIVATE KEY", KeyFiles.pkcs1Der(RSA))),
                bytes("UTF-16 big endian", PKCS8.getBytes(UTF_16)),
                bytes("UTF-16 little endian", ("\ufeff" + PKCS8).getBytes(UTF_16LE)),
                bytes("DER of PKCS#8", KeyFiles.pkcs8Der(RSA)),
                bytes("DER of PKCS#1", KeyFiles.pkcs1Der(RSA)),
                bytes("DER of encrypted PKCS#8", content(ENCRYPTED)),
                text("encrypted with PBES2 and AES-256", ENCRYPTED),
                text("encrypted, CRLF", ENCRYPTED.replace("\n", "\r\n")),
                text("encrypted with PBES2 and 3DES", encrypted(JceOpenSSLPKCS8EncryptorBuilder.DES3_CBC)),
                text("encrypted with PKCS#12 and 3DES", encrypted(JceOpenSSLPKCS8EncryptorBuilder.PBE_SHA1_3DES)),
                text("encrypted with PKCS#12 and RC2", encrypted(JceOpenSSLPKCS8EncryptorBuilder.PBE_SHA1_RC2_40)),
                text("line breaks lost, by curl -d", PKCS8.replace("\n", "")),
                text("PKCS#1, line breaks lost", PKCS1.replace("\n", "")),
                text("line breaks and blanks lost", PKCS1.replaceAll("\\s", "")),
                text("line breaks as blanks, by echo $KEY", PKCS8.replace("\n", " ")),
                text("line breaks as \\n", PKCS8.replace("\n", "\\n")),
                text("line breaks as \\r\\n", PKCS8.replace("\n", "\\r\\n")),
                text("line breaks as \\\\n", PKCS8.replace("\n", "\\\\n")),
                text("line breaks doubled", PKCS8.replace("\n", "\r\n\r\n")),
                text("in quotes, from an .env file", '"' + PKCS8.replace("\n", "\\n") + '"'),
                text(
                        "in JSON",
                        "{\"private_key\": \"" + PKCS8.replace("\n", "\\n").replace("/", "\\/") + "\"}"),
                text(
                        "in JSON, safe for HTML",
                        '"' + PKCS8.replace("\n", "\\n").replace("=", "\\u003d").replace("+", "\\u002b") + '"'),
                text("in source code", "k = \"" + PKCS8.strip().replace("\n", "\\n\"\n    + \"") + "\\n\";"),
                text("with lines continued by a backslash", PKCS8.replace("\n", "\\\n")),
                text("in YAML", "key: |\n" + PKCS8.indent(2)),
                text("quoted in an e-mail", PKCS8.replaceAll("(?m)^", "> ")),
                text("commented out", PKCS8.replaceAll("(?m)^", "# ")),
                text("with a word processor's dashes", PKCS8.replace("-----", "\u2014\u2014-")),
                text(
                        "with blanks that do not break",
                        PKCS8.replace("\n", "\u00a0\n").replace(" KEY", "\u00a0KEY")),
                text("with what nobody sees", PKCS8.replace("\n", "\u200b\n\ufeff")),
                text("with HTML's line breaks", PKCS8.replace("\n", "<br>")),
                text(
                        "percent-encoded",
                        PKCS8.replace("+", "%2B")
                                .replace("/", "%2F")
                                .replace("=", "%3D")
                                .replace("\n", "%0A")
                                .replace(" ", "+")),
                text(
                        "percent-encoded, blanks too",
                        PKCS8.replace("\n", "%0D%0A").replace(" ", "%20")),
                text("label in lower case", PKCS8.toLowerCase(Locale.ROOT).substring(0, 28) + PKCS8.substring(28)),
                text("base64 of PEM, as in Kubernetes", Base64.getEncoder().encodeToString(PKCS8.getBytes(UTF_8))),
                text("base64 of PEM, in lines", Base64.getMimeEncoder().encodeToString(PKCS1.getBytes(UTF_8))),
                text("base64 alone", PKCS8.replaceAll("-----.*", "")),
                text(
                        "base64 of the URL alphabet",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(KeyFiles.pkcs8Der(RSA))),
                text(
                        "hexadecimal",
                        HexFormat.of().formatHex(KeyFiles.pkcs8Der(RSA)).replaceAll("(.{60})", "$1\n")),
                text(
                        "data URL",
                        "data:application/pkcs8;base64," + Base64.getEncoder().encodeToString(KeyFiles.pkcs8Der(RSA))),
                text("JWK", jwk().toJSONString()),
                bytes("UTF-16 without byte order mark", PKCS8.getBytes(UTF_16LE)),
                bytes("Windows-1252, with a name in front", ("# Schlüssel\n" + PKCS8).getBytes(ISO_8859_1)),
                text("encrypted, line breaks lost", ENCRYPTED.replace("\n", "")),
                text(
                        "PKCS#1 encrypted with AES, line breaks lost",
                        legacy("AES-256-CBC").replace("\n", "")),
                text(
                        "PKCS#1 encrypted with 3DES, line breaks lost",
                        legacy("DES-EDE3-CBC").replace("\n", "")),
                text(
                        "PKCS#1 encrypted with AES, line breaks as blanks",
                        legacy("AES-256-CBC").replace("\n", " ")),
                text("PKCS#1 encrypted with AES", legacy("AES-256-CBC")),
                text("PKCS#1 encrypted with 3DES, CRLF", legacy("DES-EDE3-CBC").replace("\n", "\r\n")));
    }

    private static RSAKey jwk() {
        return new RSAKey.Builder((java.security.interfaces.RSAPublicKey) RSA.getPublic())
                .privateKey(RSA.getPrivate())
                .build();
    }

    @ParameterizedTest
    @MethodSource("readable")
    void readWhenTheFormIsKnownGivesTheKey(byte[] upload) {
        RsaKey key = PrivateKeyReader.read(upload, PASSPHRASE.toCharArray());

        assertThat(key.privateKey().getEncoded()).isEqualTo(RSA.getPrivate().getEncoded());
        assertThat(key.publicKey()).isEqualTo(RSA.getPublic());
    }

    static Stream<Arguments> unreadable() throws Exception {
        KeyPair ec = KeyFiles.pair("EC", 256);
        String edited = PKCS8.substring(0, 300) + (PKCS8.charAt(300) == 'A' ? 'B' : 'A') + PKCS8.substring(301);
        return Stream.of(
                refused("empty", "", "is empty"),
                refused("blank", " \r\n \n", "is empty"),
                refused("byte order mark alone", "\ufeff", "is empty"),
                refused("garbage", "hello", "neither PEM nor DER"),
                refused("digits", "0 and more", "neither PEM nor DER"),
                refused("base64 of something else", "TG9yZW0gaXBzdW0g".repeat(20), "neither PEM nor DER"),
                refused("JWK of an EC key", "{\"kty\": \"EC\"}", "a JWK that"),
                refused("JWK, public", jwk().toPublicJWK().toJSONString(), "a public key"),
                refused(
                        "JWK without primes",
                        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"d\":\"AQAB\"}",
                        "a JWK without"),
                refused("JWK set", "{\"keys\": [" + jwk().toJSONString() + "]}", "a set of JWKs"),
                refused("EC key", KeyFiles.pkcs8(ec), "an EC key"),
                refused("EC key, SEC1", KeyFiles.pem("EC PRIVATE KEY", KeyFiles.pkcs1Der(ec)), "an EC key"),
                refused("EC key, SEC1 DER", KeyFiles.pkcs1Der(ec), "an EC key"),
                refused("EC key, PKCS#8 DER", KeyFiles.pkcs8Der(ec), "an EC key"),
                refused("Ed25519 key", KeyFiles.pkcs8(KeyFiles.pair("Ed25519", 0)), "an Ed25519 key"),
                refused("X25519 key", KeyFiles.pkcs8(KeyFiles.pair("X25519", 0)), "an X25519 key"),
                refused("DSA key", KeyFiles.pkcs8(KeyFiles.pair("DSA", 2048)), "a DSA key"),
                refused("DH key", KeyFiles.pkcs8(KeyFiles.pair("DH", 2048)), "a private key that is not RSA"),
                refused("RSA-PSS key", KeyFiles.pkcs8(KeyFiles.pair("RSASSA-PSS", 2048)), "for PSS signatures alone"),
                refused("encrypted EC key", KeyFiles.encryptedPkcs8(ec, KeyFiles.AES, PASSPHRASE, 2048), "an EC key"),
                refused("OpenSSH key", KeyFiles.pem("OPENSSH PRIVATE KEY", new byte[300]), "ssh-keygen -p -m PKCS8"),
                refused("public key", KeyFiles.publicKey(RSA), "a public key"),
                refused("public key in DER", RSA.getPublic().getEncoded(), "a public key"),
                refused("public key, PKCS#1", KeyFiles.pem("RSA PUBLIC KEY", publicPkcs1()), "a public key"),
                refused("public key, PKCS#1 DER", publicPkcs1(), "a public key"),
                refused("certificate", certificate(RSA), "a certificate."),
                refused("certificate in DER", content(certificate(RSA)), "a certificate."),
                refused("certificate request", KeyFiles.pem("CERTIFICATE REQUEST", request()), "a certificate request"),
                refused("certificate request in DER", request(), "a certificate request"),
                refused("other PEM", KeyFiles.pem("DH PARAMETERS", new byte[3]), "PEM without a private key"),
                refused("no last line", PKCS8.substring(0, PKCS8.indexOf("-----END")), "is truncated"),
                refused("cut within", PKCS8.substring(0, 700), "is truncated"),
                refused("cut within the last line", PKCS8.strip().substring(0, PKCS8.length() - 9), "is truncated"),
                refused("cut within the first line", PKCS8.substring(0, 20), "is truncated"),
                refused("lines missing", PKCS8.substring(0, 300) + PKCS8.substring(820), "truncated or damaged"),
                refused(
                        "PKCS#1, lines missing",
                        PKCS1.substring(0, 300) + PKCS1.substring(820),
                        "truncated or damaged"),
                refused("no content", KeyFiles.pem("PRIVATE KEY", new byte[0]), "truncated or damaged"),
                refused("not base64", PKCS8.replace("\nMII", "\nM!I"), "truncated or damaged"),
                refused("DER cut", Arrays.copyOf(KeyFiles.pkcs8Der(RSA), 500), "truncated or damaged"),
                refused("DER with a tail", Arrays.copyOf(KeyFiles.pkcs8Der(RSA), 5000), "truncated or damaged"),
                refused("deeply nested", nested(), "truncated or damaged"),
                refused("a digit of the modulus changed", edited, "do not belong together"),
                refused("two keys", PKCS8 + KeyFiles.pkcs8(KeyFiles.pair("RSA", 2048)), "more than one private key"),
                refused("two kinds of keys", PKCS8 + KeyFiles.pkcs8(ec), "more than one private key"),
                refused("unknown encryption", unknownEncryption(), "encrypted in a way that is not known"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void readWhenItIsNotAPrivateRsaKeySaysWhatItIs(byte[] upload, String sentence) {
        assertUnreadable(upload, PASSPHRASE, sentence);
    }

    /** What is wrong with it is said, not only that something is. */
    @Test
    void readWhenAPartIsMissingSaysHowMuch() {
        assertUnreadable(PKCS8.substring(0, 300).concat(PKCS8.substring(820)).getBytes(UTF_8), null, "is missing");
        assertUnreadable(Arrays.copyOf(KeyFiles.pkcs8Der(RSA), 500), null, "and has 500");
        assertUnreadable(PKCS8.replace("\nMII", "\nM!I").getBytes(UTF_8), null, "no base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", " ", "\" ", "-----BEGIN ", "'\\\n", "BEGIN -", "A", "3082", "\\u0041", "%0A+"})
    void readWhenTheUploadIsMadeToKeepItBusyRefusesSoon(String piece) {
        byte[] upload = (piece + "-----BEGIN PRIVATE KEY-----")
                .repeat(2)
                .concat(piece.repeat(60_000 / piece.length()))
                .getBytes(UTF_8);
        Instant start = Instant.now();

        assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> PrivateKeyReader.read(upload, null));
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> PrivateKeyReader.read(
                        piece.repeat(60_000 / piece.length()).getBytes(UTF_8), null));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    static Stream<Arguments> encrypted() {
        return Stream.of(
                text("PBES2", ENCRYPTED),
                text("PKCS#12", encrypted(JceOpenSSLPKCS8EncryptorBuilder.PBE_SHA1_3DES)),
                text("legacy", legacy("AES-256-CBC")));
    }

    @ParameterizedTest
    @MethodSource("encrypted")
    void readWhenThePassphraseIsMissingOrWrongSaysSo(byte[] upload) {
        assertUnreadable(upload, null, "its passphrase is missing");
        assertUnreadable(upload, "", "its passphrase is missing");
        for (int attempt = 0; attempt < 40; attempt++) {
            assertUnreadable(upload, "wrong" + attempt, "The passphrase does not open the key");
        }
    }

    static Stream<Arguments> costly() {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        return Stream.of(
                bytes(
                        "PBKDF2",
                        pbes2(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(new byte[8], 5_000_001, sha256))),
                bytes(
                        "PBKDF2, most",
                        pbes2(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(new byte[8], Integer.MAX_VALUE))),
                bytes("scrypt", pbes2(MiscObjectIdentifiers.id_scrypt, new ScryptParams(new byte[8], 1 << 20, 8, 1))),
                bytes(
                        "scrypt, parallel",
                        pbes2(MiscObjectIdentifiers.id_scrypt, new ScryptParams(new byte[8], 16384, 8, 1 << 20))),
                bytes(
                        "PKCS#12",
                        sealed(new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                                new PKCS12PBEParams(new byte[8], Integer.MAX_VALUE)))));
    }

    @ParameterizedTest
    @MethodSource("costly")
    void readWhenTheEncryptionWouldHangTheServerRefusesAtOnce(byte[] upload) {
        Instant start = Instant.now();

        assertUnreadable(upload, PASSPHRASE, "more rounds of key derivation");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void readWhenTheKeyIsShortRefusesItAsTooWeak() {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(
                        () -> read(KeyFiles.pkcs8(KeyFiles.pair("RSA", 1024)).getBytes(UTF_8), null))
                .withMessageContaining("1024 bits")
                .extracting(BridgeException::code)
                .isEqualTo(ProblemCode.SIGNING_KEY_TOO_WEAK);
    }

    @Test
    void readWhenTheKeyIsEnormousRefusesIt() throws Exception {
        BigInteger p = BigInteger.TWO.pow(8200).add(BigInteger.ONE);
        byte[] upload = pkcs1(p.multiply(p), BigInteger.valueOf(65537), p, p, p, p, p, p);

        assertUnreadable(upload, null, "of more than 16384 bits");
    }

    @Test
    void readWhenThePublicExponentIsEnormousRefusesIt() throws Exception {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) RSA.getPrivate();
        BigInteger n = key.getModulus();

        assertUnreadable(pkcs1(n, n, n, n, n, n, n, n), null, "unusually large public exponent");
    }

    @Test
    void readWhenAnyOfTheNumbersIsAnotherRefusesIt() throws Exception {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) RSA.getPrivate();
        BigInteger[] numbers = {
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrimeP(),
            key.getPrimeQ(),
            key.getPrimeExponentP(),
            key.getPrimeExponentQ(),
            key.getCrtCoefficient()
        };
        assertThat(read(pkcs1(numbers), null).publicKey()).isEqualTo(RSA.getPublic());

        for (int at = 0; at < numbers.length; at++) {
            for (BigInteger other : new BigInteger[] {numbers[at].add(BigInteger.TWO), BigInteger.ZERO}) {
                BigInteger[] altered = numbers.clone();
                altered[at] = other;
                byte[] upload = pkcs1(altered);
                assertThatExceptionOfType(BridgeException.class)
                        .as("number %d", at)
                        .isThrownBy(() -> read(upload, null));
            }
        }
    }

    @Test
    void toStringShowsNoNumberOfTheKey() {
        assertThat(read(PKCS8.getBytes(UTF_8), null)).hasToString("RsaKey[bits=2048]");
    }

    private static void assertUnreadable(byte[] upload, String passphrase, String sentence) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> read(upload, passphrase))
                .withMessageContaining(sentence)
                .withNoCause()
                .extracting(BridgeException::code)
                .isEqualTo(ProblemCode.SIGNING_KEY_UNREADABLE);
    }

    private static RsaKey read(byte[] upload, String passphrase) {
        return PrivateKeyReader.read(upload, passphrase == null ? null : passphrase.toCharArray());
    }

    private static Arguments text(String name, String upload) {
        return bytes(name, upload.getBytes(UTF_8));
    }

    private static Arguments bytes(String name, byte[] upload) {
        return arguments(named(name, upload));
    }

    private static Arguments refused(String name, String upload, String sentence) {
        return refused(name, upload.getBytes(UTF_8), sentence);
    }

    private static Arguments refused(String name, byte[] upload, String sentence) {
        return arguments(named(name, upload), sentence);
    }

    private static String encrypted(String scheme) {
        return KeyFiles.encryptedPkcs8(RSA, scheme, PASSPHRASE, 2048);
    }

    private static String legacy(String algorithm) {
        return KeyFiles.legacyEncrypted(RSA, algorithm, PASSPHRASE);
    }

    private static String certificate(KeyPair pair) {
        RsaKey key = PrivateKeyReader.read(KeyFiles.pkcs8Der(pair), null);
        return KeyCertificate.of(key, new ConnectionId("main"), Instant.EPOCH).pem();
    }

    private static byte[] request() throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=main"), RSA.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(RSA.getPrivate()))
                .getEncoded();
    }

    private static byte[] publicPkcs1() throws Exception {
        java.security.interfaces.RSAPublicKey key = (java.security.interfaces.RSAPublicKey) RSA.getPublic();
        return new RSAPublicKey(key.getModulus(), key.getPublicExponent()).getEncoded();
    }

    private static byte[] pkcs1(BigInteger... numbers) throws Exception {
        return new RSAPrivateKey(
                        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7])
                .getEncoded();
    }

    private static byte[] content(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*", ""));
    }

    /** 60 KiB of sequences, each the only content of the one before. */
    private static byte[] nested() {
        ByteBuffer bytes = ByteBuffer.allocate(60_000);
        while (bytes.remaining() >= 4) {
            bytes.put((byte) 0x30).put((byte) 0x82).putShort((short) (bytes.remaining() - 2));
        }
        return bytes.array();
    }

    private static byte[] unknownEncryption() {
        return sealed(new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_GCM, new DEROctetString(new byte[12])));
    }

    private static byte[] pbes2(ASN1ObjectIdentifier derivation, ASN1Encodable parameters) {
        return sealed(new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBES2,
                new PBES2Parameters(
                        new KeyDerivationFunc(derivation, parameters),
                        new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16])))));
    }

    private static byte[] sealed(AlgorithmIdentifier algorithm) {
        try {
            return new EncryptedPrivateKeyInfo(algorithm, new byte[1264]).getEncoded();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
