package io.qlikbridge.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.LogLines;
import io.qlikbridge.crypto.CryptoProperties.Wanted;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Isolated("sets a system property")
class ProviderChoiceTests {

    private static final String CORRETTO = "AmazonCorrettoCryptoProvider";
    private static final String JDK = "SunRsaSign";
    private static final BigInteger OF_35_BITS = BigInteger.ONE.shiftLeft(34).add(BigInteger.valueOf(25));

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void autoWhereCorrettoLoadsTakesItAndSaysSo(LogLines log) {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, CorrettoJar::load);

        assertThat(provider.name()).isEqualTo(CORRETTO);
        assertThat(provider.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(log.own()).containsOnlyOnce("Signatures are made by " + provider);
        assertThat(Security.getProvider(CORRETTO)).isNull();
    }

    @Test
    void autoWhenTheLibraryDoesNotLoadTakesTheJdkAndSaysWhy(LogLines log) throws Exception {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, ProviderChoiceTests::unloadable);

        assertThat(provider.name()).isEqualTo(JDK);
        assertThat(log.own())
                .containsOnlyOnce("Signatures are made by " + JDK)
                .contains("cannot be used here: no room for the library");
        assertSigns(provider, pair(2048, RSAKeyGenParameterSpec.F4), JDK);
    }

    /** The real library of the other architecture. */
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void autoWhenTheLibraryIsOfAnotherMachineTakesTheJdk() throws Exception {
        URL other = CorrettoJar.jar("Linux", System.getProperty("os.arch").equals("amd64") ? "aarch64" : "amd64");

        assertThat(ProviderChoice.of(Wanted.AUTO, () -> CorrettoJar.load(other)).name())
                .isEqualTo(JDK);
    }

    @Test
    void autoWhenItHasNoRsaTakesTheJdk() {
        Provider empty = new Provider("Empty", "1", "nothing") {};

        assertThat(ProviderChoice.of(Wanted.AUTO, () -> empty).name()).isEqualTo(JDK);
    }

    @Test
    void jdkWhenAskedForTriesNothingElse() {
        SigningProvider provider = ProviderChoice.of(Wanted.JDK, () -> {
            throw new AssertionError("tried");
        });

        assertThat(provider.name()).isEqualTo(JDK);
    }

    @Test
    void correttoWhenItCannotBeUsedIsRefused() {
        assertThatExceptionOfType(CryptoCannotStart.class)
                .isThrownBy(() -> ProviderChoice.of(Wanted.CORRETTO, ProviderChoiceTests::unloadable))
                .withMessageContaining("cannot be used here: no room for the library.");
    }

    @Test
    void startWhenCorrettoIsDemandedAndThereIsNoneTellsWhatToDo(LogLines log) {
        String here = System.getProperty("os.arch");
        System.setProperty("os.arch", "riscv64");
        try {
            assertThatException()
                    .isThrownBy(() -> new SpringApplicationBuilder(CryptoAlone.class)
                            .web(WebApplicationType.NONE)
                            .properties(Map.of("bridge.signing.provider", "corretto"))
                            .run());
        } finally {
            System.setProperty("os.arch", here);
        }

        assertThat(log.own())
                .contains("APPLICATION FAILED TO START", "bridge.signing.provider", " on riscv64.")
                .contains("BRIDGE_SIGNING_PROVIDER=auto")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 4096})
    void signatureIsOneThatTheJdkVerifies(int bits) throws Exception {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, CorrettoJar::load);

        assertSigns(provider, pair(bits, RSAKeyGenParameterSpec.F4), provider.name());
    }

    @Test
    void signatureWithAKeyThatCorrettoDoesNotTakeIsTheJdks() throws Exception {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, CorrettoJar::load);

        assertSigns(provider, pair(2048, OF_35_BITS), JDK);
    }

    @Test
    void privateKeyWhenItIsNoneIsRefused() {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, CorrettoJar::load);

        assertThatExceptionOfType(InvalidKeySpecException.class)
                .isThrownBy(() -> provider.privateKey("junk".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void jarForAMachineWithoutOneSaysSo() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> CorrettoJar.jar("Mac OS X", "aarch64"))
                .withMessage("there is none for Mac OS X on aarch64");
    }

    @Test
    void toStringShowsNoKey() throws Exception {
        SigningProvider provider = ProviderChoice.of(Wanted.AUTO, CorrettoJar::load);
        PrivateRsaKey key = provider.privateKey(
                pair(2048, RSAKeyGenParameterSpec.F4).getPrivate().getEncoded());

        assertThat(key.toString().toLowerCase(Locale.ROOT)).matches("privatersakey\\[provider=\\w+]");
    }

    private static void assertSigns(SigningProvider provider, KeyPair pair, String by) throws Exception {
        byte[] text = {1, 2, 3};
        PrivateRsaKey key = provider.privateKey(pair.getPrivate().getEncoded());
        assertThat(key.provider().getName()).isEqualTo(by);
        Signature signature = Signature.getInstance("SHA256withRSA", key.provider());
        signature.initSign(key.key());
        signature.update(text);
        byte[] signed = signature.sign();

        Signature verification = Signature.getInstance("SHA256withRSA", JDK);
        verification.initVerify(KeyFactory.getInstance("RSA", JDK)
                .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
        verification.update(text);
        assertThat(verification.verify(signed)).isTrue();
    }

    private static KeyPair pair(int bits, BigInteger exponent) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", JDK);
        generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
        return generator.generateKeyPair();
    }

    private static Provider unloadable() {
        throw new UnsatisfiedLinkError("no room for the library");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CryptoProperties.class)
    @Import(CryptoConfiguration.class)
    static class CryptoAlone {}
}
