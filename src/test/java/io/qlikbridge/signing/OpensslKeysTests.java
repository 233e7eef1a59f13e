package io.qlikbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl writes, the bridge reads, and the other way round. */
class OpensslKeysTests {

    private static final String PASSPHRASE = "schlüssel ☂";

    @TempDir
    static Path folder;

    private static BigInteger modulus;

    @BeforeAll
    static void makeAKey() throws Exception {
        boolean present;
        try {
            present = run("version") == 0;
        } catch (IOException absent) {
            present = false;
        }
        assumeTrue(present, "openssl is not installed, so its files are not tried");
        assertThat(run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"))
                .isZero();
        modulus = read("key.pem").publicKey().getModulus();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa -in key.pem -traditional -out out",
                "pkey -in key.pem -outform DER -out out",
                "rsa -in key.pem -traditional -outform DER -out out",
                "pkey -in key.pem -text -out out",
                "pkcs8 -topk8 -in key.pem -v2 aes-256-cbc -passout PASS -out out",
                "pkcs8 -topk8 -in key.pem -v2 aes-128-cbc -v2prf hmacWithSHA512 -iter 600000 -passout PASS -out out",
                "pkcs8 -topk8 -in key.pem -v2 des3 -v2prf hmacWithSHA1 -passout PASS -out out",
                "pkcs8 -topk8 -in key.pem -scrypt -passout PASS -out out",
                "pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -passout PASS -out out",
                "pkcs8 -topk8 -in key.pem -v2 aes-256-cbc -outform DER -passout PASS -out out",
                "rsa -in key.pem -traditional -aes256 -passout PASS -out out",
                "rsa -in key.pem -traditional -des3 -passout PASS -out out"
            })
    void readWhenOpensslWroteItGivesTheKey(String command) throws Exception {
        assertThat(run(command)).isZero();

        assertThat(read("out").publicKey().getModulus()).isEqualTo(modulus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBE-MD5-DES", "PBE-SHA1-RC2-40"})
    void readWhenAnOldOpensslWroteItGivesTheKey(String scheme) throws Exception {
        int status = run("pkcs8 -topk8 -in key.pem -provider legacy -provider default -v1 " + scheme
                + " -passout PASS -out old");
        assumeTrue(status == 0, "this openssl does not know " + scheme);

        assertThat(read("old").publicKey().getModulus()).isEqualTo(modulus);
    }

    @Test
    void readWhenExportedFromPkcs12SkipsTheBagAttributes() throws Exception {
        assertThat(run("req -x509 -new -key key.pem -subj /CN=main -days 2 -out cert.pem"))
                .isZero();
        assertThat(run("pkcs12 -export -inkey key.pem -in cert.pem -name bridge -passout PASS -out store.p12"))
                .isZero();
        assertThat(run("pkcs12 -in store.p12 -nodes -passin PASS -out bag.pem")).isZero();

        assertThat(Files.readString(folder.resolve("bag.pem"))).contains("Bag Attributes", "BEGIN CERTIFICATE");
        assertThat(read("bag.pem").publicKey().getModulus()).isEqualTo(modulus);
    }

    @Test
    void certificateIsOneThatOpensslVerifies() throws Exception {
        KeyCertificate certificate = KeyCertificate.of(read("key.pem"), new ConnectionId("main"), Instant.now());
        Files.writeString(folder.resolve("bridge.pem"), certificate.pem());

        assertThat(run("verify -check_ss_sig -CAfile bridge.pem bridge.pem")).isZero();
    }

    private static RsaKey read(String file) throws IOException {
        return PrivateKeyReader.read(Files.readAllBytes(folder.resolve(file)), PASSPHRASE.toCharArray());
    }

    private static int run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("openssl"));
        for (String word : command.split(" ")) {
            words.add(word.equals("PASS") ? "file:" + passphraseFile() : word);
        }
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
    }

    /** In a file, because what becomes of umlauts in arguments depends on the locale. */
    private static Path passphraseFile() throws IOException {
        return Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    }
}
