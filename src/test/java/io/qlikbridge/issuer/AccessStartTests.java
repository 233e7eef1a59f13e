package io.qlikbridge.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.BridgeApplication;
import io.qlikbridge.LogLines;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestVaultKeys;
import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.Scope;
import io.qlikbridge.proxy.ForwardProxies;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessStartTests {

    private static final String ONE = "https://one.example";
    private static final String TWO = "https://two.example";

    @Test
    void startWhenAnIssuerHasNoAudienceTellsWhyAndWhatToDo(LogLines log) {
        assertThatCode(() -> start(Map.of("bridge.access.issuers[0].issuer-uri", ONE)))
                .hasRootCauseInstanceOf(AccessCannotStart.class);

        assertThat(log.own())
                .contains("APPLICATION FAILED TO START")
                .contains("The trusted issuer https://one.example has no audience.")
                .contains("bridge.access.issuers[0].audience")
                .doesNotContain("\tat ");
    }

    @Test
    void startWhenTheAdminSecretIsTooLongTellsSoWithoutShowingIt(LogLines log) {
        assertThatCode(() -> start(Map.of("bridge.access.admin-secret", "x".repeat(73))))
                .isInstanceOf(AccessCannotStart.class);

        assertThat(log.own())
                .contains("bridge.access.admin-secret is longer than 72 bytes.")
                .doesNotContain("xxxx")
                .doesNotContain("\tat ");
        assertThat(log.all()).doesNotContain("x".repeat(73));
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
                new SimpleMeterRegistry(),
                ForwardProxies.none());

        assertThat(issuers.of(ONE)).isPresent();
        assertThat(issuers.of(ONE + "/")).isPresent();
        assertThat(issuers.of(TWO)).isPresent();
        assertThat(issuers.of("https://three.example")).isEmpty();
        assertThat(issuers.of(null)).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("groups", ""),
                arguments("group-prefix", "a\u0000"),
                arguments("jwk-set-uri", "idp.example/keys"),
                arguments("jwk-set-uri", "https://name:secret@idp.example/keys"),
                arguments("connections", "Main"),
                arguments("connections", "main,mäin"),
                arguments("connections", ""),
                arguments("scopes", ""),
                arguments("scopes", "bridge.admin"),
                arguments("scopes", "bridge.apps bridge.tokens"),
                arguments("max-validity", "PT0S"),
                arguments("max-validity", "-PT1H"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void issuersWhenALimitCanOnlyBeAMistakeAreRefused(String property, String value) {
        AccessProperties properties = properties(bound(property, value));

        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(() -> new TrustedIssuers(
                        properties, Clock.systemUTC(), new SimpleMeterRegistry(), ForwardProxies.none()))
                .withMessageStartingWith("bridge.access.issuers[0]." + property + " ")
                .satisfies(refusal -> assertThat(refusal.action()).isNotBlank());
    }

    @Test
    void issuersWhenLimitedAreTaken() {
        AccessProperties.Issuer limited = bound(Map.of(
                "email-domains", "example.org, sub.example.org",
                "groups", "Sales,Finance",
                "group-prefix", "partner:",
                "jwk-set-uri", "https://inner.example/keys",
                "connections", "main,other",
                "scopes", "bridge.apps",
                "max-validity", "PT1H"));

        assertThat(limited.emailDomains()).containsExactly("example.org", "sub.example.org");
        assertThat(limited.groups()).containsExactly("Sales", "Finance");
        assertThat(limited.groupPrefix()).isEqualTo("partner:");
        assertThat(limited.jwkSetUri()).isEqualTo("https://inner.example/keys");
        assertThat(IssuerLimits.of(limited, "issuers[0]"))
                .isEqualTo(new IssuerLimits(
                        new AllowedConnections(List.of("main", "other")), Set.of(Scope.APPS), Duration.ofHours(1)));
    }

    @Test
    void issuersWhenNotLimitedMayAllThatPersonsMay() {
        assertThat(IssuerLimits.of(bound(Map.of("jwk-set-uri", " ")), "issuers[0]"))
                .isEqualTo(new IssuerLimits(AllowedConnections.EVERYWHERE, Set.of(Scope.APPS, Scope.TOKENS), null));
    }

    private static void assertRefused(String description, AccessProperties.Issuer... issuers) {
        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(() -> new TrustedIssuers(
                        properties(issuers), Clock.systemUTC(), new SimpleMeterRegistry(), ForwardProxies.none()))
                .withMessageContaining(description)
                .satisfies(refusal -> assertThat(refusal.action()).contains("bridge.access.issuers"));
    }

    private static AccessProperties properties(AccessProperties.Issuer... issuers) {
        return new AccessProperties(null, null, false, List.of(issuers));
    }

    private static AccessProperties.Issuer issuer(@Nullable String uri, @Nullable String audience, String prefix) {
        return new AccessProperties.Issuer(
                uri,
                audience,
                "preferred_username",
                prefix,
                null,
                null,
                null,
                null,
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static AccessProperties.Issuer bound(String property, String value) {
        return bound(Map.of(property, value));
    }

    /** As the environment or a file would have it. */
    private static AccessProperties.Issuer bound(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("issuer-uri", ONE);
        all.put("audience", "aud");
        Map<String, String> properties = new HashMap<>();
        all.forEach((name, value) -> properties.put("bridge.access.issuers[0]." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("bridge.access", AccessProperties.class)
                .get()
                .issuers()
                .getFirst();
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
