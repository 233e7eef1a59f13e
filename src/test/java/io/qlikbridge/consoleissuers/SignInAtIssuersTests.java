package io.qlikbridge.consoleissuers;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.issuer.TestIssuer;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People who sign in to the console of two replicas, at two issuers. */
class SignInAtIssuersTests {

    private static final String CLIENT = "bridge-console";
    private static final String SECRET = "the-secret-of-the-console-at-its-issuer";
    private static final String ROLE = "bridge-admin";
    private static final String PAGE = "/console/nowhere";

    private static TestIssuer staff;
    private static TestIssuer partner;
    private static TestIssuer silent;
    private static Product bridge;
    private static Product other;

    @BeforeAll
    static void begin() {
        staff = new TestIssuer();
        partner = new TestIssuer();
        silent = new TestIssuer();
        silent.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(serverError()));
        Map<String, Object> settings = new HashMap<>();
        settings.putAll(settings(0, staff, ""));
        settings.putAll(settings(1, partner, "partner:"));
        settings.putAll(settings(2, silent, "silent:"));
        settings.put("bridge.access.issuers[2].console-name", "Nobody");
        settings.put("bridge.access.issuers[0].console-name", "Staff's \"<Keycloak>\"");
        settings.put("bridge.access.issuers[1].console-client-secret", "");
        Map<String, Object> database = TestDatabase.fresh();
        bridge = Product.start(database, settings);
        other = Product.start(database, settings);
    }

    private static Map<String, Object> settings(int place, TestIssuer issuer, String prefix) {
        String setting = "bridge.access.issuers[" + place + "].";
        return Map.of(
                setting + "issuer-uri", issuer.uri(),
                setting + "audience", TestIssuer.AUDIENCE,
                setting + "username-prefix", prefix,
                setting + "admin-role", ROLE,
                setting + "console-client-id", CLIENT,
                setting + "console-client-secret", SECRET);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        other.close();
        staff.stop();
        partner.stop();
        silent.stop();
    }

    @Test
    void pageOffersEachIssuerByItsNameAndNoForm() {
        ConsolePage page = new ConsoleBrowser(bridge.url()).page("/console/sign-in");

        assertThat(page.document().select("main a").eachText())
                .containsExactly(
                        "Sign in with Staff's \"<Keycloak>\"", "Sign in with localhost", "Sign in with Nobody");
        assertThat(page.document().select("main form")).isEmpty();
        assertThat(page.html()).doesNotContain("<Keycloak>");
    }

    @Test
    void signInAtAnIssuerLeadsToThePageThatWasWanted() throws Exception {
        Visit visit = new Visit(staff);
        ConsolePage signIn = visit.browser.page(PAGE + "?a=b");
        visit.followed(signIn, "Sign in with Staff's \"<Keycloak>\"");

        assertThat(visit.asked.get("client_id")).isEqualTo(CLIENT);
        assertThat(visit.asked.get("response_type")).isEqualTo("code");
        assertThat(visit.asked.get("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email");
        assertThat(visit.asked.get("code_challenge_method")).isEqualTo("S256");
        assertThat(visit.asked.get("redirect_uri")).isEqualTo(bridge.url() + "/console/sign-in/callback/" + key(staff));
        assertThat(sessions(visit.browser)).isEmpty();

        ConsolePage page = visit.back("ada");

        assertThat(page.path()).isEqualTo(PAGE + "?a=b");
        assertThat(page.text()).contains("ada", "Sign out");
        assertThat(sessions(visit.browser)).hasSize(1);
        assertThat(cookies(visit.browser, "bridge-sign-in")).isEmpty();
        String form = staff.server().findAll(postRequestedFor(urlEqualTo("/realm/token"))).stream()
                .map(request -> request.getBodyAsString())
                .filter(body -> body.contains("code=" + visit.code + "&"))
                .findFirst()
                .orElseThrow();
        assertThat(challenge(parameters(form).get("code_verifier"))).isEqualTo(visit.asked.get("code_challenge"));
        assertThat(parameters(form).get("redirect_uri")).isEqualTo(visit.asked.get("redirect_uri"));
        assertThat(audit("user:ada", "user.sign-in")).anySatisfy(row -> {
            assertThat(row.path("outcome").asString()).isEqualToIgnoringCase("success");
            assertThat(row.path("details").path("issuer").asString()).isEqualTo(staff.uri());
            assertThat(row.path("details").path("address").asString()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void signInWithoutASecretIsOfAPublicClient() {
        Visit visit = new Visit(partner).begun();

        ConsolePage page = visit.back("eve");

        assertThat(page.text()).contains("partner:eve", "Sign out");
        String form = partner.server()
                .findAll(postRequestedFor(urlEqualTo("/realm/token")))
                .getLast()
                .getBodyAsString();
        assertThat(form).contains("client_id=" + CLIENT).doesNotContain("secret");
    }

    @Test
    void signInGoesOnAtAnotherReplica() {
        Visit visit = new Visit(staff).begun();
        visit.give("ben", claims -> claims);

        ConsolePage page = visit.browser.send(HttpRequest.newBuilder(
                URI.create(other.url() + "/console/sign-in/callback/" + key(staff) + visit.answer())));

        assertThat(page.text()).contains("Sign out");
        assertThat(page.address().getPort()).isEqualTo(URI.create(other.url()).getPort());
        assertThat(visit.browser.page(PAGE).text()).contains("ben", "Sign out");
    }

    @Test
    void cookieIsForThisHostAloneAndForNoScriptAndSaysNothing() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(bridge.url() + "/console/sign-in/start/" + key(staff)))
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "bridge.example.org")
                                .header("X-Forwarded-Prefix", "/bi")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("__Host-bridge-sign-in=")
                .contains("; Path=/;", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600")
                .doesNotContain("Domain");
        String sealed = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        Map<String, String> asked =
                parameters(URI.create(answer.headers().firstValue("Location").orElseThrow())
                        .getRawQuery());
        for (String part : sealed.split("\\.")) {
            assertThat(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                    .doesNotContain(asked.get("state"));
        }
        assertThat(asked.get("redirect_uri"))
                .isEqualTo("https://bridge.example.org/bi/console/sign-in/callback/" + key(staff));
        assertThat(answer.headers().allValues("Set-Cookie")).hasSize(1);
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> badClaims() {
        return Stream.of(
                claims -> claims.claim("nonce", "another"),
                claims -> claims.claim("nonce", null),
                claims -> claims.issuer(partner.uri()),
                claims -> claims.audience(TestIssuer.AUDIENCE),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void signInWhenTheIdTokenIsNotForItIsRefused(UnaryOperator<JWTClaimsSet.Builder> change) {
        Visit visit = new Visit(staff).begun().from("10.1.0.1");
        visit.give("ada", change);

        visit.assertRefused("id-token-refused", "is no ID token for the console");
    }

    @Test
    void signInWhenTheIdTokenIsNotSignedIsRefused() {
        Visit visit = new Visit(staff).begun().from("10.1.0.2");
        staff.giveFor(visit.code, new PlainJWT(visit.claims("ada").build()).serialize());

        visit.assertRefused("id-token-refused", "is no ID token for the console");
    }

    @Test
    void signInWhenTheStateIsAnothersIsRefusedAndTheRightOneGoesOn() {
        Visit visit = new Visit(staff).begun();
        visit.give("ada", claims -> claims);

        ConsolePage refused = visit.callback("?code=" + visit.code + "&state=another");

        assertRefused(refused, "not-begun", "This browser has begun no sign-in");
        assertThat(visit.callback(visit.answer()).text()).contains("Sign out");
    }

    @Test
    void answerThatIsReplayedIsRefused() {
        Visit visit = new Visit(staff).begun();
        visit.give("ada", claims -> claims);
        List<HttpCookie> kept = cookies(visit.browser, "bridge-sign-in");
        assertThat(visit.callback(visit.answer()).text()).contains("Sign out");

        Visit thief = new Visit(staff);
        assertRefused(thief.callback(visit.answer()), "not-begun", "This browser has begun no sign-in");
        thief.browser.cookies().getCookieStore().add(URI.create(bridge.url()), kept.getFirst());
        thief.from("10.1.0.3");
        assertRefused(thief.callback(visit.answer()), "code-refused", "does not take the code");
        assertThat(sessions(thief.browser)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "AAAA.AAAA.AAAA", "azE.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA"})
    void answerWhenTheCookieIsMadeUpIsRefused(String value) {
        Visit visit = new Visit(staff).begun();
        HttpCookie cookie = cookies(visit.browser, "bridge-sign-in").getFirst();
        cookie.setValue(value);

        visit.assertRefused("not-begun", "This browser has begun no sign-in");
    }

    @Test
    void answerAtAnotherIssuersAddressIsRefused() {
        Visit visit = new Visit(partner).begun();
        visit.give("ada", claims -> claims);

        ConsolePage refused = visit.browser.page("/console/sign-in/callback/" + key(staff) + visit.answer());

        assertRefused(refused, "other-issuer", "from another issuer");
        assertThat(staff.server().findAll(postRequestedFor(urlEqualTo("/realm/token"))).stream()
                        .filter(request -> request.getBodyAsString().contains(visit.code)))
                .isEmpty();
    }

    @Test
    void answerThatNamesAnotherIssuerIsRefused() {
        Visit visit = new Visit(staff).begun();
        visit.give("ada", claims -> claims);

        assertRefused(
                visit.callback(visit.answer() + "&iss=" + encoded(partner.uri())), "other-issuer", "another issuer");
    }

    @Test
    void errorOfTheIssuerIsToldInOurWordsAlone(LogLines log) {
        Visit visit = new Visit(staff).begun().from("10.1.0.4");

        ConsolePage page = visit.callback("?error=access_denied&state=" + visit.asked.get("state")
                + "&error_description=" + encoded("<script>alert(1)</script>\nCall 555-1234 for help"));

        assertRefused(page, "denied", "did not let you sign in");
        assertThat(page.html()).doesNotContain("alert(1)", "555-1234");
        assertThat(log.all()).contains("access_denied <script>alert(1)</script> Call 555-1234 for help");
        Visit again = new Visit(staff).begun().from("10.1.0.4");
        assertRefused(
                again.callback("?error=%3Cb%3E&state=" + again.asked.get("state")),
                "issuer-error",
                "answered with an error");
    }

    @Test
    void errorOfNobodyWhomWeAskedIsNotLookedAt(LogLines log) {
        Visit visit = new Visit(staff).begun();

        assertRefused(
                visit.callback("?error=access_denied&state=x&error_description=made-up-by-somebody"),
                "not-begun",
                "This browser has begun no sign-in");
        assertRefused(visit.callback(""), "not-begun", "This browser has begun no sign-in");
        assertThat(log.all()).doesNotContain("made-up-by-somebody");
    }

    @Test
    void personWithoutTheAdminRoleIsRefusedByNameInTheAudit() {
        Visit visit = new Visit(staff).begun();
        visit.give("carl", claims -> claims.claim("roles", List.of("reader")));

        visit.assertRefused("not-admin", "do not have the role");
        assertThat(audit(null, "user.sign-in")).anySatisfy(row -> {
            assertThat(row.path("user").asString()).isEqualTo("carl");
            assertThat(row.path("outcome").asString()).isEqualToIgnoringCase("failure");
            assertThat(row.path("details").path("reason").asString()).isEqualTo("not-admin");
        });
    }

    @Test
    void personWhomTheTokenDoesNotNameIsRefused() {
        Visit visit = new Visit(staff).begun().from("10.1.0.5");
        visit.give("ada", claims -> claims.claim("preferred_username", null));
        visit.assertRefused("no-person", "does not name you");

        Visit foreign = new Visit(staff).begun().from("10.1.0.5");
        foreign.give("partner:eve", claims -> claims);
        foreign.assertRefused("no-person", "does not name you");
    }

    @Test
    void personWhoseUserIsDisabledIsRefusedAndHasNoSessionAnyMore() {
        JsonNode user = bridge.post("/api/v1/users", Map.of("username", "dora"))
                .expect(201)
                .json();
        Visit visit = new Visit(staff).begun();
        assertThat(visit.back("dora").text()).contains("Sign out");

        bridge.put("/api/v1/users/" + user.path("id").asString(), Map.of("username", "dora", "enabled", false))
                .expect(200);

        assertThat(visit.browser.page(PAGE).path()).startsWith("/console/sign-in");
        Visit again = new Visit(staff).begun();
        again.give("dora", claims -> claims);
        again.assertRefused("disabled", "is disabled");
    }

    @Test
    void personWhoHasGotAnothersNameIsRefused() {
        bridge.post("/api/v1/users", Map.of("username", "fred")).expect(201);
        assertThat(new Visit(staff).begun().back("fred").text()).contains("Sign out");

        Visit successor = new Visit(staff).begun();
        successor.give("fred", claims -> claims.subject("f:2:fred"));

        successor.assertRefused("other-person", "knows somebody else");
    }

    @Test
    void targetIsAPageOfOursAlone() {
        for (String wanted : List.of(
                "https://evil.example.org/",
                "//evil.example.org",
                "/\\evil.example.org",
                "/console/sign-out",
                "x".repeat(3_000))) {
            Visit visit = new Visit(staff);
            visit.begun("?next=" + encoded(wanted));

            ConsolePage page = visit.back("ada");

            assertThat(page.path()).as(wanted).isEqualTo("/console/overview");
            assertThat(page.address().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void issuerThatIsNotHereIsToldSo() {
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        for (String path : List.of("start/nowhere", "callback/nowhere?code=a&state=b", "start/%3Cscript%3E")) {
            ConsolePage page = browser.page("/console/sign-in/" + path);
            assertRefused(page, "unknown-issuer", "Nobody signs in at this issuer");
        }
        ConsolePage page = browser.page("/console/sign-in?failed=%3Cscript%3E&at=%3Cscript%3Ealert(1)");
        assertThat(page.document().select("[role=alert]")).isEmpty();
        assertThat(page.html()).doesNotContain("alert(1)");
    }

    @Test
    void codesThatNobodyWasGivenAreSlowedDown() {
        Visit visit = new Visit(staff).from("10.9.9.9");
        String failed = "";
        for (int tries = 0; tries < 8 && !failed.contains("throttled"); tries++) {
            visit.begun();
            failed = visit.callback("?code=made-up-" + tries + "&state=" + visit.asked.get("state"))
                    .path();
        }

        assertThat(failed).contains("failed=throttled");
        assertThat(new Visit(staff).begun().back("ada").text()).contains("Sign out");
    }

    @Test
    void signOutEndsTheSessionHereAndAtTheIssuer() {
        Visit visit = new Visit(staff).begun();
        ConsolePage page = visit.back("ada");
        assertThat(page.header("Content-Security-Policy"))
                .containsPattern("form-action 'self'[^;]* " + staff.server().baseUrl());

        ConsolePage after = visit.browser.submit(page, "Sign out", Map.of());

        assertThat(after.address().toString()).startsWith(staff.uri() + "/logout?from=us&client_id=" + CLIENT);
        assertThat(parameters(after.address().getRawQuery()).get("post_logout_redirect_uri"))
                .isEqualTo(bridge.url() + "/console/sign-in");
        assertThat(after.address().toString()).doesNotContain("id_token");
        assertThat(visit.browser.page(PAGE).path()).startsWith("/console/sign-in");
    }

    @Test
    void signInAnewHasAnotherSession() {
        Visit visit = new Visit(staff).begun();
        visit.back("ada");
        String before = sessions(visit.browser).getFirst().getValue();

        visit.begun();
        visit.back("ada");

        assertThat(sessions(visit.browser).getFirst().getValue()).isNotEqualTo(before);
    }

    @Test
    void failuresInAFloodAreCountedInTheAudit() {
        int before = audit(null, "user.sign-in").size();
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());
        for (int times = 0; times < 40; times++) {
            browser.page("/console/sign-in/callback/" + key(partner) + "?code=a&state=b");
        }

        assertThat(audit(null, "user.sign-in").size()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void issuerThatDoesNotAnswerIsToldSo() {
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        ConsolePage page = browser.follow(browser.page("/console/sign-in"), "Sign in with Nobody");

        assertRefused(page, "unreachable", "Nobody does not answer as it should");
    }

    private static void assertRefused(ConsolePage page, String failure, String sentence) {
        assertThat(page.path()).startsWith("/console/sign-in?failed=" + failure);
        assertThat(page.document().select("[role=alert]").text()).contains(sentence);
        page.expect(200);
    }

    private static List<JsonNode> audit(String actor, String action) {
        JsonNode rows = bridge.get(
                        "/api/v1/audit?limit=200&action=" + action + (actor == null ? "" : "&actor=" + actor))
                .expect(200)
                .json()
                .path("items");
        return rows.valueStream().toList();
    }

    private static String key(TestIssuer issuer) {
        return issuer.uri().replace("http://", "").replaceAll("[:/]", "-");
    }

    private static List<HttpCookie> sessions(ConsoleBrowser browser) {
        return cookies(browser, "bridge-session");
    }

    private static List<HttpCookie> cookies(ConsoleBrowser browser, String name) {
        return browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().endsWith(name))
                .toList();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String challenge(String verifier) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Somebody who goes to an issuer and comes back. */
    private static final class Visit {

        private final TestIssuer issuer;
        private final ConsoleBrowser browser = new ConsoleBrowser(bridge.url());
        private Map<String, String> asked = Map.of();
        private String code = "";
        private String address = "";

        Visit(TestIssuer issuer) {
            this.issuer = issuer;
        }

        /** As a trusted proxy tells of it. */
        Visit from(String caller) {
            address = caller;
            return this;
        }

        Visit begun() {
            return begun("");
        }

        Visit begun(String query) {
            return at(browser.page("/console/sign-in/start/" + key(issuer) + query));
        }

        void followed(ConsolePage page, String link) {
            at(browser.follow(page, link));
        }

        private Visit at(ConsolePage page) {
            assertThat(page.address().toString()).startsWith(issuer.uri() + "/authorize?");
            asked = parameters(page.address().getRawQuery());
            code = Product.name("code") + "-x";
            return this;
        }

        JWTClaimsSet.Builder claims(String username) {
            return new JWTClaimsSet.Builder()
                    .issuer(issuer.uri())
                    .audience(CLIENT)
                    .subject("f:1:" + username)
                    .issueTime(Date.from(Instant.now()))
                    .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                    .claim("nonce", asked.get("nonce"))
                    .claim("preferred_username", username)
                    .claim("roles", List.of(ROLE));
        }

        void give(String username, UnaryOperator<JWTClaimsSet.Builder> change) {
            issuer.giveFor(
                    code,
                    TestIssuer.sign(issuer.key(), change.apply(claims(username)).build()));
        }

        String answer() {
            return "?code=" + code + "&state=" + encoded(asked.get("state"));
        }

        ConsolePage callback(String query) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create(bridge.url() + "/console/sign-in/callback/" + key(issuer) + query));
            return browser.send(address.isEmpty() ? request : request.header("X-Forwarded-For", address));
        }

        ConsolePage back(String username) {
            give(username, claims -> claims);
            return callback(answer());
        }

        void assertRefused(String failure, String sentence) {
            SignInAtIssuersTests.assertRefused(callback(answer()), failure, sentence);
            assertThat(sessions(browser)).isEmpty();
        }
    }
}
