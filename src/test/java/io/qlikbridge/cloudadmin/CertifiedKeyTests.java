package io.qlikbridge.cloudadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertifiedKeyTests {

    private static final KeyPair PAIR = pair();
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(PAIR.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";

    static Stream<String> forms() {
        return Stream.of(
                PEM,
                PEM.strip(),
                PEM.replace("\n", ""),
                PEM.replace("\n", " "),
                PEM.replace("\n", "\r\n"),
                PEM.replace("\n", "\\n"),
                "subject=CN = main\n" + PEM,
                Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded()));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keyIsTheSameHoweverItsPemIsWritten(String pem) {
        assertThat(CertifiedKey.in(pem).orElseThrow().encoded())
                .isEqualTo(PAIR.getPublic().getEncoded());
        assertThat(CertifiedKey.in(pem)).isEqualTo(CertifiedKey.in(PEM)).hasSameHashCodeAs(CertifiedKey.in(PEM));
    }

    @Test
    void keyWhenAnotherOneDiffers() {
        String other = Base64.getEncoder().encodeToString(pair().getPublic().getEncoded());

        assertThat(CertifiedKey.in(other)).isNotEqualTo(CertifiedKey.in(PEM));
        assertThat(CertifiedKey.in(PEM).orElseThrow().fingerprint()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            })
    void keyWhenThereIsNoneIsEmpty(String text) {
        assertThat(CertifiedKey.in(text)).isEmpty();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
