package io.qlikbridge.sitesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.sitesimulator.SiteClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

/** One call that goes wrong, the next that does not. */
class SiteTroubleTests {

    private static final String ADA = "LAB\\ada";
    private static final String APPS = "/bridge/qrs/app";
    private static final TokenSigner SIGNER = TokenSigner.named("ours");

    private static SimulatedSite site;
    private SiteClient client;

    @BeforeAll
    static void start() {
        site = SimulatedSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
        site.virtualProxy("bridge").certificate(SIGNER.certificate());
        site.apps(ADA, SiteApp.many(10));
        client = SiteClient.withoutCertificate(site);
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_401, 401",
        "STATUS_403, 403",
        "STATUS_404, 404",
        "STATUS_429, 429",
        "STATUS_500, 500",
        "STATUS_503, 503",
        "HTML_502, 502",
        "HTML_200, 200"
    })
    void troubleThatAnswersIsSaidOnceAndOpensNothing(SiteTrouble trouble, int status) {
        site.trouble(APPS, trouble, 1);

        Reply spoilt = apps();

        assertThat(spoilt.status()).isEqualTo(status);
        assertThat(spoilt.cookie()).isEmpty();
        assertThat(site.sessionsOpened()).isZero();
        assertThat(site.troublesStruck()).isEqualTo(1);
        assertThat(apps().names()).hasSize(10);
    }

    @Test
    void tooManyRequestsSaysWhenToComeAgain() {
        site.trouble(APPS, SiteTrouble.STATUS_429, 1);

        assertThat(apps().header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER_IT_ACTED", "BROKEN_OFF", "CLOSE", "RESET"})
    void troubleThatEndsTheConnectionBreaksTheCall(SiteTrouble trouble) {
        // a GET whose connection breaks is made once more by the JDK's client
        site.trouble(APPS, trouble, 2);

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::apps);
        assertThat(site.sessionsOpened() > 0).isEqualTo(trouble.acted());

        site.liftTroubles();
        assertThat(apps().names()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_AFTER_IT_ACTED"})
    void silenceLastsUntilTheCallerGivesUp(SiteTrouble trouble) {
        site.trouble(APPS, trouble, 1);

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> call(HttpResponse.BodyHandlers.ofString()));
        assertThat(site.sessionsOpened() > 0).isEqualTo(trouble.acted());
    }

    @Test
    void truncatedJsonIsAWholeAnswer() {
        site.trouble(APPS, SiteTrouble.TRUNCATED, 1);

        Reply half = apps();

        assertThat(half.status()).isEqualTo(200);
        assertThat(half.body()).startsWith("[{");
        assertThatExceptionOfType(JacksonException.class).isThrownBy(half::json);
        assertThat(site.sessionsOpened()).isEqualTo(1);
    }

    @Test
    void endlessBodyGoesOnAsLongAsItIsRead() throws Exception {
        site.trouble(APPS, SiteTrouble.ENDLESS, 1);

        try (InputStream body = call(HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(5_000_000)).hasSize(5_000_000);
        }
    }

    @Test
    void drippingBodyComesByTheByte() throws Exception {
        site.trouble(APPS, SiteTrouble.DRIP, 1);

        try (InputStream body = call(HttpResponse.BodyHandlers.ofInputStream()).body()) {
            body.readNBytes(1);
            Instant start = Instant.now();
            assertThat(new String(body.readNBytes(5))).isEqualTo("{\"id\"");
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void troubleStrikesWhereItIsMeantTo() {
        site.trouble("/bridge/qps/.*", SiteTrouble.STATUS_500, 1);
        site.trouble(call -> call.method().equals("DELETE"), SiteTrouble.STATUS_503, 1);

        assertThat(apps().status()).isEqualTo(200);
        assertThat(site.troublesStruck()).isZero();
        assertThat(client.get(site.host() + "/bridge/qps/csrftoken").status()).isEqualTo(500);
        assertThat(client.send("DELETE", site.host() + "/bridge/qps/user").status())
                .isEqualTo(503);
    }

    private Reply apps() {
        return client.get(
                site.host() + SiteClient.withKey(APPS),
                "Authorization",
                "Bearer " + SIGNER.token(ADA, Instant.now()),
                "X-Qlik-Xrfkey",
                SiteClient.KEY);
    }

    /** Given up after some seconds without an answer. */
    private <T> HttpResponse<T> call(HttpResponse.BodyHandler<T> body) throws IOException, InterruptedException {
        HttpClient http = client.http();
        return http.send(
                HttpRequest.newBuilder(URI.create(site.host() + SiteClient.withKey(APPS)))
                        .timeout(Duration.ofSeconds(3))
                        .header("Authorization", "Bearer " + SIGNER.token(ADA, Instant.now()))
                        .header("X-Qlik-Xrfkey", SiteClient.KEY)
                        .build(),
                body);
    }
}
