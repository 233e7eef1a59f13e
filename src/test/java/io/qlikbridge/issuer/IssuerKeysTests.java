package io.qlikbridge.issuer;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.LogLines;
import io.qlikbridge.proxy.ForwardProxies;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IssuerKeysTests {

    private static final RSAKey KEY = TestIssuer.newKey();

    private final TestIssuer issuer = new TestIssuer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    @AfterEach
    void stop() {
        issuer.stop();
    }

    @Test
    void keysWhenTheirAddressIsConfiguredNeedNoDiscovery() throws Exception {
        issuer.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(notFound()));
        issuer.server().stubFor(get("/inner").willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));

        IssuerKeys keys = keys("/inner");

        assertThat(ids(keys, KEY.getKeyID())).containsExactly(KEY.getKeyID());
        assertThat(ids(keys, "made-up")).isEmpty();
        issuer.server().verify(0, getRequestedFor(urlEqualTo("/realm/.well-known/openid-configuration")));
    }

    @Test
    void keysWhenTheyMoveAreFoundAtTheNextDay() throws Exception {
        IssuerKeys keys = keys(null);
        assertThat(ids(keys, issuer.key().getKeyID())).hasSize(1);

        moveKeys(new JWKSet(List.of(issuer.key().toPublicJWK(), KEY.toPublicJWK())));
        now = now.plus(Duration.ofHours(25));

        assertThat(ids(keys, KEY.getKeyID())).hasSize(1);
    }

    @Test
    void keysWhenTheyMoveAreFoundByAKeyThatIsNotAmongThemAtMostOnceAMinute() throws Exception {
        IssuerKeys keys = keys(null);
        assertThat(ids(keys, issuer.key().getKeyID())).hasSize(1);
        moveKeys(new JWKSet(KEY.toPublicJWK()));

        for (int asked = 0; asked < 20; asked++) {
            assertThat(ids(keys, KEY.getKeyID())).isEmpty();
        }
        discoveries(1);
        now = now.plusSeconds(61);

        assertThat(ids(keys, KEY.getKeyID())).hasSize(1);
        for (int asked = 0; asked < 20; asked++) {
            ids(keys, "made-up");
        }
        discoveries(2);
    }

    @Test
    void keysWhenTheIssuerCannotBeDiscoveredAnewAreThoseBefore() throws Exception {
        IssuerKeys keys = keys(null);
        ids(keys, issuer.key().getKeyID());
        issuer.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(notFound()));
        now = now.plus(Duration.ofHours(25));

        assertThat(ids(keys, issuer.key().getKeyID())).hasSize(1);
    }

    @Test
    void troubleIsToldOnceForEachCauseAndWhenItIsOver(LogLines log) throws Exception {
        issuer.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(notFound()));
        IssuerKeys keys = keys(null);
        for (int asked = 0; asked < 3; asked++) {
            fails(keys);
            now = now.plusSeconds(6);
        }

        assertThat(log.own()).contains("answered with status 404").contains("issuers[0].jwk-set-uri");
        assertThat(times(log, "cannot be read")).isEqualTo(1);
        assertThat(meters.get("bridge.issuer.failures")
                        .tag("cause", "refused")
                        .counter()
                        .count())
                .isEqualTo(3);

        issuer.announce("https://another.example");
        fails(keys);
        assertThat(log.own()).contains("names another issuer than itself");

        now = now.plusSeconds(6);
        issuer.announce();
        assertThat(ids(keys, issuer.key().getKeyID())).hasSize(1);
        assertThat(log.own()).contains("can be read again");
        assertThat(times(log, "cannot be read")).isEqualTo(2);
    }

    static Stream<Arguments> oddSets() throws Exception {
        String good = KEY.toPublicJWK().toJSONString();
        String secret =
                new OctetSequenceKey.Builder(new byte[32]).keyID("s").build().toJSONString();
        return Stream.of(
                Arguments.of(WireMock.ok("<!DOCTYPE html><p>Sign in"), false, "a page and not with JSON"),
                Arguments.of(okJson("{}"), false, "something else than a JSON Web Key Set"),
                Arguments.of(okJson("not json"), false, "something else than a JSON Web Key Set"),
                Arguments.of(okJson("{\"keys\": []}"), false, "holds no keys"),
                Arguments.of(okJson("{\"keys\": [" + secret + "]}"), false, "holds no public RSA or EC key"),
                Arguments.of(okJson("{\"keys\": [" + secret + "," + good + "]}"), true, "is a shared secret"),
                Arguments.of(okJson("{\"keys\": [" + good + "," + good + "]}"), true, "two have the same id"),
                Arguments.of(
                        okJson("{\"keys\": [" + good + "," + TestIssuer.newKey().toJSONString() + "]}"),
                        true,
                        "is a private key"),
                Arguments.of(
                        WireMock.aResponse().withStatus(302).withHeader("Location", "ftp://x/"),
                        false,
                        "cannot be read"),
                Arguments.of(WireMock.aResponse().withStatus(503), false, "answered with status 503"),
                Arguments.of(okJson(" ".repeat(IssuerDocuments.MOST_BYTES + 1)), false, "cannot be read"),
                Arguments.of(WireMock.ok(), false, "something else than a JSON Web Key Set"));
    }

    @ParameterizedTest
    @MethodSource("oddSets")
    void keysWhenTheSetIsOddTellHowAndUseWhatIsGood(
            ResponseDefinitionBuilder answer, boolean usable, String told, LogLines log) throws Exception {
        issuer.server().stubFor(get("/inner").willReturn(answer));
        IssuerKeys keys = keys("/inner");

        if (usable) {
            assertThat(ids(keys, KEY.getKeyID())).contains(KEY.getKeyID());
        } else {
            fails(keys);
        }
        assertThat(log.own()).contains(told);
    }

    @Test
    void keysWhenNobodyAnswersSaySo(LogLines log) {
        IssuerKeys keys = keys("/inner");
        issuer.stop();

        fails(keys);

        assertThat(log.own()).contains("does not take connections");
    }

    private void moveKeys(JWKSet set) {
        issuer.server()
                .stubFor(get("/realm/.well-known/openid-configuration")
                        .willReturn(okJson("{\"issuer\": \"" + issuer.uri() + "\", \"jwks_uri\": \""
                                + issuer.server().baseUrl() + "/moved\"}")));
        issuer.server().stubFor(get("/moved").willReturn(okJson(set.toString())));
    }

    private void discoveries(int count) {
        issuer.server().verify(count, getRequestedFor(urlEqualTo("/realm/.well-known/openid-configuration")));
    }

    private static void fails(IssuerKeys keys) {
        assertThatExceptionOfType(KeySourceException.class).isThrownBy(() -> ids(keys, "any"));
    }

    private static List<String> ids(IssuerKeys keys, String kid) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(kid).build()), null).stream()
                .map(JWK::getKeyID)
                .distinct()
                .toList();
    }

    private static int times(LogLines log, String text) {
        Matcher matcher = Pattern.compile(Pattern.quote(text)).matcher(log.own());
        int times = 0;
        while (matcher.find()) {
            times++;
        }
        return times;
    }

    private IssuerKeys keys(@Nullable String configured) {
        IssuerDocuments documents = new IssuerDocuments(ForwardProxies.none());
        IssuerTrouble trouble = new IssuerTrouble(issuer.uri(), meters);
        URI address = configured == null ? null : URI.create(issuer.server().baseUrl() + configured);
        return new IssuerKeys(
                new IssuerAddress(issuer.uri(), address, "bridge.access.issuers[0]", documents, trouble),
                new KeySetReader(documents, trouble),
                new Clock() {

                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneId.of("UTC");
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                });
    }
}
