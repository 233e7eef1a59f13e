package io.qlikbridge.sitesimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.MovableClock;
import io.qlikbridge.sitesimulator.SiteClient.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteProxyTests {

    private static final String ADA = "LAB\\ada";
    private static final TokenSigner SIGNER = TokenSigner.named("ours");

    private static final MovableClock CLOCK = new MovableClock();
    private static SimulatedSite site;
    private SiteClient client;
    private VirtualProxy proxy;

    @BeforeAll
    static void start() {
        site = SimulatedSite.start(CLOCK);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
        proxy = site.virtualProxy("bridge").certificate(SIGNER.certificate());
        site.apps(ADA, SiteApp.of("Sales").inStream("Everyone"));
        site.apps("LAB\\bob", SiteApp.of("Stock"));
        client = SiteClient.withoutCertificate(site);
    }

    @Test
    void tokenShowsWhatItsUserSees() {
        Reply apps = apps(token(ADA));

        assertThat(apps.status()).isEqualTo(200);
        assertThat(apps.names()).containsExactly("Sales");
        assertThat(apps.http().headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("X-Qlik-Session-bridge=")
                .contains("HttpOnly", "Secure");
    }

    @Test
    void sessionsCookieGoesOnWithoutTheToken() {
        String cookie = apps(token(ADA)).cookie();

        Reply again = withCookie(cookie);

        assertThat(again.names()).containsExactly("Sales");
        assertThat(again.cookie()).isEmpty();
        assertThat(site.sessionsOpened(ADA)).isEqualTo(1);
    }

    @Test
    void sessionIsGoodOnItsVirtualProxyAlone() {
        site.virtualProxy("other").certificate(SIGNER.certificate());
        String id = apps(token(ADA)).cookie().replaceFirst(".*=", "");

        Reply elsewhere = client.get(
                url("/other/qrs/app"), "X-Qlik-Xrfkey", SiteClient.KEY, "Cookie", "X-Qlik-Session-other=" + id);

        assertThat(elsewhere.status()).isEqualTo(302);
    }

    @Test
    void userNamedByTheCallerIsOverwritten() {
        Reply apps = client.get(
                url("/bridge/qrs/app"),
                "Authorization",
                "Bearer " + token(ADA),
                "X-Qlik-Xrfkey",
                SiteClient.KEY,
                "X-Qlik-User",
                "UserDirectory=LAB; UserId=bob");

        assertThat(apps.names()).containsExactly("Sales");
    }

    @Test
    void userIsMadeWithTheFirstToken() {
        assertThat(apps(token("LAB\\new")).names()).isEmpty();

        SiteClient repository = SiteClient.of(site);
        assertThat(repository.asked(site, "/qrs/about", "LAB\\new").status()).isEqualTo(200);
    }

    @Test
    void disabledUsersTokenIsUnauthorized() {
        site.disableUser(ADA);
        assertThat(apps(token(ADA)).status()).isEqualTo(401);

        site.enableUser(ADA);
        assertThat(apps(token(ADA)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void tokenMayBeSignedWithRsaAndAnyHash(String algorithm) {
        assertThat(apps(SIGNER.token(algorithm, claims())).status()).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherKeyIsUnauthorized() {
        Reply refused = apps(TokenSigner.named("stranger").token("RS256", claims()));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.cookie()).isEmpty();
        assertThat(site.sessionsOpened()).isZero();
    }

    @Test
    void tokenSignedWithAnEllipticCurveIsUnauthorized() {
        TokenSigner elliptic = TokenSigner.elliptic();
        proxy.certificate(elliptic.certificate());

        assertThat(apps(elliptic.token("ES256", claims())).status()).isEqualTo(401);
    }

    @Test
    void tokenWithoutCertificateAtTheVirtualProxyIsUnauthorized() {
        site.virtualProxy("bare");

        assertThat(client.get(
                                url("/bare/qrs/app"),
                                "Authorization",
                                "Bearer " + token(ADA),
                                "X-Qlik-Xrfkey",
                                SiteClient.KEY)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void certificateOfAVirtualProxyIsAskedForWithEachToken() {
        AtomicReference<String> pasted = new AtomicReference<>();
        proxy.certificate(pasted::get);
        assertThat(apps(token(ADA)).status()).isEqualTo(401);

        pasted.set(SIGNER.certificate());
        assertThat(apps(token(ADA)).status()).isEqualTo(200);

        pasted.set("no certificate");
        assertThat(apps(token(ADA)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 0, 401",
        "exp, -1, 401",
        "exp, 1, 200",
        "iat, 0, 200",
        "iat, 1, 401",
        "iat, -30, 200",
        "nbf, 1, 401"
    })
    void timesOfTheTokenAreKeptToTheSecond(String claim, long fromNow, int status) {
        Map<String, Object> claims = claims();
        claims.put(claim, CLOCK.instant().getEpochSecond() + fromNow);

        assertThat(apps(SIGNER.token("RS256", claims)).status()).isEqualTo(status);
    }

    @Test
    void tokenOfTheFutureWhenToleratedIsTaken() {
        site.tolerance(Duration.ofSeconds(10));
        Map<String, Object> claims = claims();
        claims.put("iat", CLOCK.instant().getEpochSecond() + 9);

        assertThat(apps(SIGNER.token("RS256", claims)).status()).isEqualTo(200);
    }

    @Test
    void sitesClockWhenItIsBehindRefusesAndShowsIt() {
        site.clockSkew(Duration.ofMinutes(-2));

        Reply refused = apps(token(ADA));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(refused.header("Date"))))
                .isEqualTo(CLOCK.instant().minus(Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource({"userid, userDirectory", "userId, UserDirectory", "user, directory"})
    void claimNamesWhenWrittenOtherwiseAreNotThere(String id, String directory) {
        proxy.userIdClaim(id).userDirectoryClaim(directory);

        assertThat(apps(token(ADA)).status()).isEqualTo(401);
    }

    @Test
    void claimNamesAreThoseOfTheVirtualProxy() {
        proxy.userIdClaim("user").userDirectoryClaim("directory");
        Map<String, Object> claims = claims();
        claims.put("user", "ada");
        claims.put("directory", "LAB");

        assertThat(apps(SIGNER.token("RS256", claims)).names()).containsExactly("Sales");
    }

    @Test
    void directoryInBracketsIsEverybodys() {
        proxy.userDirectoryClaim("[EXTERNAL]");
        site.apps("EXTERNAL\\ada", SiteApp.of("Guest"));

        assertThat(apps(token(ADA)).names()).containsExactly("Guest");
    }

    @ParameterizedTest
    @CsvSource({"qlik, 200", "other, 401", ", 401"})
    void audienceWhenSetHasToBeTheTokens(String audience, int status) {
        proxy.audience("qlik");
        Map<String, Object> claims = claims();
        if (audience != null) {
            claims.put("aud", audience);
        }

        assertThat(apps(SIGNER.token("RS256", claims)).status()).isEqualTo(status);
    }

    @Test
    void pairOfKeysIsAskedForHereToo() {
        Reply refused = client.get(site.host() + "/bridge/qrs/app", "Authorization", "Bearer " + token(ADA));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo(XrfKey.REFUSAL);
    }

    @Test
    void everyTokenAloneOpensASessionUntilTheFifth() {
        for (int session = 1; session <= 5; session++) {
            assertThat(apps(token(ADA)).status()).isEqualTo(200);
        }

        Reply refused = apps(token(ADA));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isNotEmpty();
        assertThat(site.sessionsOpened(ADA)).isEqualTo(5);
        assertThat(site.mostSessionsAtOnce(ADA)).isEqualTo(5);
        assertThat(site.sessionsRefused()).isEqualTo(1);
        assertThat(apps(token("LAB\\bob")).status()).isEqualTo(200);
    }

    @Test
    void sessionLimitIsOverAfterItsTime() {
        site.sessionLimit(1, Duration.ofMinutes(5));
        apps(token(ADA));
        site.endSessions(ADA);
        assertThat(apps(token(ADA)).status()).isEqualTo(403);

        CLOCK.pass(Duration.ofMinutes(5));
        assertThat(apps(token(ADA)).status()).isEqualTo(200);
    }

    @Test
    void sessionLimitCanBeTakenAway() {
        site.noSessionLimit();
        for (int session = 1; session <= 10; session++) {
            assertThat(apps(token(ADA)).status()).isEqualTo(200);
        }
    }

    @Test
    void sessionThatNobodyUsesEnds() {
        proxy.inactivityTimeout(Duration.ofMinutes(30));
        String cookie = apps(token(ADA)).cookie();
        CLOCK.pass(Duration.ofMinutes(29));
        assertThat(withCookie(cookie).status()).isEqualTo(200);
        CLOCK.pass(Duration.ofMinutes(29));
        assertThat(withCookie(cookie).status()).isEqualTo(200);

        CLOCK.pass(Duration.ofMinutes(30));

        assertThat(withCookie(cookie).status()).isEqualTo(302);
        assertThat(site.sessions(ADA)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void endedSessionIsSaidInOneOfFourWays(SignedOut said) {
        site.signedOut(said);
        String cookie = apps(token(ADA)).cookie();
        site.endSessions(ADA);

        Reply refused = withCookie(cookie);

        switch (said) {
            case REDIRECT -> {
                assertThat(refused.status()).isEqualTo(302);
                assertThat(refused.header("Location")).startsWith("/bridge/internal_forms_authentication/");
            }
            case UNAUTHORIZED -> assertThat(refused.status()).isEqualTo(401);
            case FORBIDDEN -> assertThat(refused.status()).isEqualTo(403);
            case LOGIN_PAGE -> {
                assertThat(refused.status()).isEqualTo(200);
                assertThat(refused.header("Content-Type")).startsWith("text/html");
            }
        }
    }

    @Test
    void logoutEndsAllSessionsOfTheUserOnThatVirtualProxy() {
        site.virtualProxy("other").certificate(SIGNER.certificate());
        String first = apps(token(ADA)).cookie();
        String second = apps(token(ADA)).cookie();
        String bobs = apps(token("LAB\\bob")).cookie();
        client.get(url("/other/qrs/app"), "Authorization", "Bearer " + token(ADA), "X-Qlik-Xrfkey", SiteClient.KEY);

        Reply out = client.send("DELETE", url("/bridge/qps/user"), "Cookie", first, "X-Qlik-Xrfkey", SiteClient.KEY);

        assertThat(out.status()).isEqualTo(200);
        assertThat(withCookie(first).status()).isEqualTo(302);
        assertThat(withCookie(second).status()).isEqualTo(302);
        assertThat(withCookie(bobs).status()).isEqualTo(200);
        assertThat(site.sessions(ADA)).isEqualTo(1);
        assertThat(site.logouts()).isEqualTo(1);
    }

    @Test
    void csrfTokenComesWithASession() {
        Reply token = client.get(site.host() + "/bridge/qps/csrftoken", "Authorization", "Bearer " + token(ADA));

        assertThat(token.status()).isEqualTo(204);
        assertThat(token.header("qlik-csrf-token")).isNotEmpty();
        assertThat(withCookie(token.cookie()).names()).containsExactly("Sales");
        assertThat(site.sessionsOpened(ADA)).isEqualTo(1);
    }

    @Test
    void csrfTokenBeforeNovember2024IsNotFoundAndOpensNothing() {
        site.afterNovember2024(false);

        Reply token = client.get(site.host() + "/bridge/qps/csrftoken", "Authorization", "Bearer " + token(ADA));

        assertThat(token.status()).isEqualTo(404);
        assertThat(site.sessionsOpened()).isZero();
    }

    @Test
    void csrfTokenWhenTheHostIsNotAllowedIsForbidden() {
        proxy.allowedHosts("sense.example.com");

        assertThat(client.get(site.host() + "/bridge/qps/csrftoken", "Authorization", "Bearer " + token(ADA))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/qrs/app", "/bridge/qrs/app"})
    void prefixThatIsUnknownOrNotLinkedGetsALargePage(String path) {
        proxy.linked(false);

        Reply refused = client.get(url(path), "Authorization", "Bearer " + token(ADA), "X-Qlik-Xrfkey", SiteClient.KEY);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .contains("The http request header is incorrect")
                .hasSizeGreaterThan(20_000);
    }

    @Test
    void qliksScriptExchangesTheTokenForACookie() {
        Reply script = client.get(site.host() + "/bridge/qlik-embed/main.js", "Authorization", "Bearer " + token(ADA));

        assertThat(script.status()).isEqualTo(200);
        assertThat(withCookie(script.cookie()).status()).isEqualTo(200);
    }

    @Test
    void productInfoIsForEverybody() {
        Reply info = client.get(site.host() + "/resources/autogenerated/product-info.json");

        assertThat(info.json().path("composition").path("deploymentType").asString())
                .isEqualTo("QlikSenseServer");
        site.productInfo(false);
        assertThat(client.get(site.host() + "/resources/autogenerated/product-info.json")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void defaultVirtualProxyHasNoPrefix() {
        site.virtualProxy("").certificate(SIGNER.certificate());

        Reply apps =
                client.get(url("/qrs/app"), "Authorization", "Bearer " + token(ADA), "X-Qlik-Xrfkey", SiteClient.KEY);

        assertThat(apps.names()).containsExactly("Sales");
        assertThat(apps.cookie()).startsWith("X-Qlik-Session=");
    }

    @Test
    void everyTokenThatWasShownIsKept() {
        String good = token(ADA);
        apps(good);
        apps("bad");

        assertThat(site.tokens()).containsExactly(good, "bad");
        assertThat(site.logins()).isEqualTo(1);
    }

    private Map<String, Object> claims() {
        return TokenSigner.claims(ADA, CLOCK.instant());
    }

    private String token(String user) {
        return SIGNER.token(user, CLOCK.instant());
    }

    private Reply apps(String token) {
        return client.get(url("/bridge/qrs/app"), "Authorization", "Bearer " + token, "X-Qlik-Xrfkey", SiteClient.KEY);
    }

    private Reply withCookie(String cookie) {
        return client.get(url("/bridge/qrs/app"), "Cookie", cookie, "X-Qlik-Xrfkey", SiteClient.KEY);
    }

    private String url(String path) {
        return site.host() + SiteClient.withKey(path);
    }
}
