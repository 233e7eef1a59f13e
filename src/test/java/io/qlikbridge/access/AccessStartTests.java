package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.BridgeApplication;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestVaultKeys;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AccessStartTests {

    private static final String ONE = "https://one.example";
    private static final String TWO = "https://two.example";

    @Test
    void startWhenAnIssuerHasNoAudienceTellsWhyAndWhatToDo(CapturedOutput output) {
        assertThatCode(() -> start(Map.of("bridge.access.issuers[0].issuer-uri", ONE)))
                .hasRootCauseInstanceOf(AccessCannotStart.class);

        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START")
                .contains("The trusted issuer https://one.example has no audience.")
                .contains("bridge.access.issuers[0].audience")
                .doesNotContain("\tat ");
    }

    @Test
    void startWhenTheAdminSecretIsTooLongTellsSoWithoutShowingIt(CapturedOutput output) {
        assertThatCode(() -> start(Map.of("bridge.access.admin-secret", "x".repeat(73))))
                .isInstanceOf(AccessCannotStart.class);

        assertThat(output.getOut())
                .contains("bridge.access.admin-secret is longer than 72 bytes.")
                .doesNotContain("xxxx")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "elevenchars", "😀😀😀😀😀😀", "aaaaaaaaaaaaaaaaaaaa", "abcdabcdabcdabcd"})
    void firstAdminWhenTheOperatorsSecretCanBeGuessedRefusesToStart(String secret) {
        FirstAdmin admin = new FirstAdmin(
                new Clients(null, null, null, null), new AccessProperties(null, secret, false, List.of()));

        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(admin::afterSingletonsInstantiated)
                .withMessageContaining("bridge.access.admin-secret")
                .withMessageNotContaining(secret)
                .satisfies(refusal ->
                        assertThat(refusal.action()).contains("openssl rand").doesNotContain(secret));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "one.example", "ftp://one.example", "https://", "https://a b"})
    void issuersWhenOneHasNoUsableAddressAreRefused(@Nullable String uri) {
        assertRefused("no address", issuer(uri, "aud", ""));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void issuersWhenOneHasNoAudienceAreRefused(@Nullable String audience) {
        assertRefused("no audience", issuer(ONE, "aud", ""), issuer(TWO, audience, "two:"));
    }

    @Test
    void issuersWhenTwoHaveOnePrefixAreRefused() {
        assertRefused("the username prefix \"\"", issuer(ONE, "aud", ""), issuer(TWO, "aud", ""));
        assertRefused("the username prefix \"x:\"", issuer(ONE, "aud", "x:"), issuer(TWO, "aud", "x:"));
        assertRefused("the username prefix \"X:\"", issuer(ONE, "aud", "x:"), issuer(TWO, "aud", "X:"));
    }

    @Test
    void issuersWhenTwoHaveOneAddressAreRefused() {
        assertRefused("trusted twice", issuer(ONE, "aud", ""), issuer(ONE, "aud", "x:"));
        assertRefused("trusted twice", issuer(ONE, "aud", ""), issuer(ONE + "/", "aud", "x:"));
    }

    @Test
    void issuersWhenTheyCannotBeMixedUpAreTaken() {
        TrustedIssuers issuers = new TrustedIssuers(
                properties(issuer(ONE + "/", "aud", ""), issuer(TWO, "aud", "two:")),
                Clock.systemUTC(),
                new SimpleMeterRegistry());

        assertThat(issuers.of(ONE)).isPresent();
        assertThat(issuers.of(ONE + "/")).isPresent();
        assertThat(issuers.of(TWO)).isPresent();
        assertThat(issuers.of("https://three.example")).isEmpty();
        assertThat(issuers.of(null)).isEmpty();
    }

    @Test
    void secretsDoNotPrint() {
        AccessProperties properties = new AccessProperties(null, "hidden", false, List.of());
        ClientSecret secret = new ClientSecret("hidden");
        Clients.ClientWithSecret both = new Clients.ClientWithSecret(
                new BridgeClient("r", "c", java.util.Set.of(), ClientUsers.EVERYONE, java.time.Instant.EPOCH, false),
                secret);

        assertThat(properties.toString() + secret + both + ClientController.Answer.of(both.client(), secret))
                .doesNotContain("hidden");
    }

    private static void assertRefused(String description, AccessProperties.Issuer... issuers) {
        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(() -> new TrustedIssuers(properties(issuers), Clock.systemUTC(), new SimpleMeterRegistry()))
                .withMessageContaining(description)
                .satisfies(refusal -> assertThat(refusal.action()).contains("bridge.access.issuers"));
    }

    private static AccessProperties properties(AccessProperties.Issuer... issuers) {
        return new AccessProperties(null, null, false, List.of(issuers));
    }

    private static AccessProperties.Issuer issuer(@Nullable String uri, @Nullable String audience, String prefix) {
        return new AccessProperties.Issuer(
                uri, audience, "preferred_username", prefix, null, null, null, null, "", null, null, null, null);
    }

    private static void start(Map<String, Object> configuration) {
        Map<String, Object> properties = new HashMap<>(TestDatabase.fresh());
        properties.put("server.port", "0");
        properties.put("bridge.vault.keys", TestVaultKeys.K1);
        properties.putAll(configuration);
        new SpringApplicationBuilder(BridgeApplication.class)
                .properties(properties)
                .run()
                .close();
    }
}
