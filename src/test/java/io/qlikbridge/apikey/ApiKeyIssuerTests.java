package io.qlikbridge.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Assertion;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How the bridge speaks to a tenant, and what it tells its caller when the tenant does not do as asked. */
class ApiKeyIssuerTests {

    private static final String LOGIN = "/login/jwt-session";
    private static final String API_KEYS = "/api/v1/api-keys";

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
        tenant.apps("hr|4711", App.of("Sales report"));
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void loginAssertsExactlyTheClaimsOfTheContract() {
        bridge.apps(main, ada).expect(200);

        Assertion assertion = tenant.assertions().getFirst();
        Map<String, Object> claims = assertion.claims();
        assertThat(assertion.header()).containsEntry("alg", "RS256").containsEntry("kid", main);
        assertThat(claims.keySet())
                .containsExactlyInAnyOrder(
                        "iss",
                        "aud",
                        "sub",
                        "subType",
                        "name",
                        "email",
                        "email_verified",
                        "groups",
                        "jti",
                        "iat",
                        "nbf",
                        "exp");
        assertThat(claims)
                .containsEntry("iss", Product.ISSUER + "/" + main)
                .containsEntry("aud", "qlik.api/login/jwt-session")
                .containsEntry("sub", "hr|4711")
                .containsEntry("subType", "user")
                .containsEntry("name", "User " + ada)
                .containsEntry("email", ada + "@example.org")
                .containsEntry("email_verified", true)
                .containsEntry("groups", List.of());
        long issued = number(claims, "iat");
        assertThat(issued - number(claims, "nbf")).isBetween(1L, 10L);
        assertThat(number(claims, "exp") - issued).isEqualTo(60);
        assertThat(claims.get("jti").toString()).hasSizeGreaterThanOrEqualTo(22);
    }

    @Test
    void loginWhenRepeatedAssertsAnewEachTime() {
        tenant.forbidApiKeys("hr|4711");
        for (int attempt = 0; attempt < 5; attempt++) {
            bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                    .expect(200);
        }

        Set<Object> ids = new HashSet<>();
        tenant.assertions().forEach(assertion -> ids.add(assertion.claims().get("jti")));
        assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(5)
                .hasSize(tenant.assertions().size());
    }

    @Test
    void loginWhenUserHasNoEmailAssertsAnUnverifiedOneThatIsNobodys() {
        String user = Product.name("user");
        bridge.post("/api/v1/users", Map.of("username", user, "groups", List.of("Finance", "Report readers")))
                .expect(201);

        bridge.apps(main, user).expect(200);

        Map<String, Object> claims = tenant.assertions().getFirst().claims();
        assertThat(claims.get("email").toString()).endsWith(".invalid");
        assertThat(claims)
                .containsEntry("email_verified", false)
                .containsEntry("name", user)
                .containsEntry("groups", List.of("Finance", "Report readers"));
    }

    @Test
    void loginWhenConnectionHasWebIntegrationSendsItTwiceAndTheOrigin() {
        tenant.webIntegration("integration-1", "https://portal.example.org");
        String connection = bridge.connectTo(
                tenant, Map.of("webIntegrationId", "integration-1", "origin", "https://portal.example.org"));

        bridge.apps(connection, bridge.user(connection, "hr|4711")).expect(200);

        Call login = tenant.calls(LOGIN).getFirst();
        assertThat(login.query("qlik-web-integration-id")).contains("integration-1");
        assertThat(login.header("qlik-web-integration-id")).contains("integration-1");
        assertThat(login.header("Origin")).contains("https://portal.example.org");
    }

    @Test
    void loginWhenConnectionHasNoWebIntegrationSendsNeitherItNorAnOrigin() {
        bridge.apps(main, ada).expect(200);

        Call login = tenant.calls(LOGIN).getFirst();
        assertThat(login.url()).isEqualTo(LOGIN);
        assertThat(login.header("Origin")).isEmpty();
    }

    @Test
    void firstAppListMakesThreeCallsAndTheNextOne() {
        bridge.apps(main, ada).expect(200);
        assertThat(tenant.calls()).extracting(Call::path).containsExactly(LOGIN, API_KEYS, "/api/v1/items");

        bridge.apps(main, ada).expect(200);
        assertThat(tenant.calls()).hasSize(4);
    }

    @Test
    void issueDescribesTheKeyByInstallationAndOperation() {
        bridge.apps(main, ada).expect(200);

        ApiKey key = tenant.activeKeys("hr|4711").getFirst();
        String uuid = "[0-9a-f-]{36}";
        assertThat(key.description()).matches("qlik-identity-bridge/" + uuid + "/" + uuid);
    }

    @Test
    void issueWhenTheTenantSetsNoCsrfCookieAsksForTheToken() {
        tenant.csrfCookie(false);

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.calls()).extracting(Call::path).contains("/api/v1/csrf-token");
    }

    @Test
    void issueWhenTheCsrfTokenIsRefusedAsksForAFreshOneAndTriesOnceMore() {
        tenant.before(once(API_KEYS, "POST", Faults.error(403, "CSRF-TOKEN-2", "CSRF token mismatch")));

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.calls())
                .extracting(Call::path)
                .containsSubsequence(API_KEYS, "/api/v1/csrf-token", API_KEYS, "/api/v1/items");
        assertThat(tenant.keysMade()).isEqualTo(1);
    }

    @Test
    void issueWhenExpiryIsAboveTheTenantsMaximumUsesTheMaximumAndShowsIt() {
        tenant.maxApiKeyExpiry(Duration.ofHours(12));
        String connection = bridge.connectTo(tenant, Map.of("apiKeyExpiry", "P30D"));
        String user = bridge.user(connection, "hr|4711");

        bridge.apps(connection, user).expect(200);

        JsonNode shown = bridge.get("/api/v1/connections/" + connection).json();
        assertThat(shown.path("apiKeyExpiry").asString()).isEqualTo("P30D");
        assertThat(shown.path("effectiveApiKeyExpiry").asString()).isEqualTo("PT12H");
        bridge.apps(connection, bridge.user(connection, "hr|4712")).expect(200);
        assertThat(tenant.calls(API_KEYS).stream().filter(call -> call.method().equals("POST")))
                .as("the second user's key is asked for with the maximum at once")
                .hasSize(3);
    }

    @Test
    void issueWhenTheTenantsMaximumCannotBeReadExplains() {
        tenant.maxApiKeyExpiry(Duration.ofHours(12));
        tenant.configReadable(false);

        Answer answer = bridge.apps(main, ada).expectProblem(502, "api-key-refused");

        assertThat(answer.detail()).contains("Manage API keys", "could not be read", "PT24H");
        assertThat(answer.json().path("upstream").path("step").asString()).isEqualTo("api-keys");
        assertThat(answer.json().path("upstream").path("status").asInt()).isEqualTo(400);
    }

    @Test
    void issueWhenUserMayNotHaveKeysNamesThePermission() {
        tenant.forbidApiKeys("hr|4711");

        Answer answer = bridge.apps(main, ada).expectProblem(502, "api-key-refused");

        assertThat(answer.detail()).contains("Manage API keys");
        assertThat(answer.json().path("upstream").path("traceId").asString()).isNotBlank();
    }

    @Test
    void issueWhenUserHoldsTheMaximumSaysWhoseKeysTheyAre() {
        tenant.maxKeysPerUser(0);

        Answer answer = bridge.apps(main, ada).expectProblem(409, "api-key-limit-reached");

        assertThat(answer.detail()).contains("0 made by this bridge", "raise the maximum");
    }

    @Test
    void loginWhenTheTenantHasAnotherCertificateIsRefused() {
        String stranger = Product.name("stranger");
        bridge.put(
                        "/api/v1/connections/" + stranger,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER))
                .expect(201);
        bridge.post(
                        "/api/v1/connections/" + stranger + "/signing-keys",
                        Map.of("generate", Map.of("bits", 2048), "kid", main))
                .expect(201);

        Answer answer = bridge.apps(stranger, bridge.user(stranger, "hr|4711")).expectProblem(502, "assertion-refused");

        JsonNode upstream = answer.json().path("upstream");
        assertThat(upstream.path("step").asString()).isEqualTo("jwt-session");
        assertThat(upstream.path("status").asInt()).isEqualTo(401);
        assertThat(upstream.path("code").asString()).isNotBlank();
        assertThat(answer.detail()).contains("issuer", "key id");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void loginWhenRefusedTellsTheTenantsWords(int status) {
        tenant.before(at(LOGIN, Faults.error(status, "LOGIN-12", "Several users share this e-mail")));

        Answer answer = bridge.apps(main, ada).expectProblem(502, "assertion-refused");

        assertThat(answer.detail()).contains(status + " at the step jwt-session", "Several users share this e-mail");
        assertThat(answer.json().path("upstream").path("code").asString()).isEqualTo("LOGIN-12");
    }

    @ParameterizedTest
    @CsvSource({"500, tenant-refused, 502", "503, tenant-refused, 502"})
    void callWhenTheTenantHasTroubleSaysSo(int status, String code, int answered) {
        tenant.before(at(LOGIN, Faults.html(status)));

        Answer answer = bridge.apps(main, ada).expectProblem(answered, code);

        assertThat(answer.json().path("upstream").path("status").asInt()).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("<html>");
    }

    @Test
    void callWhenRateIsLimitedPassesTheTenantsRetryAfterOn() {
        tenant.before(at("/api/v1/items", Faults.tooManyRequests(37)));

        Answer answer = bridge.apps(main, ada).expectProblem(503, "tenant-rate-limited");

        assertThat(answer.header("Retry-After")).isEqualTo("37");

        Answer next = bridge.apps(main, ada).expectProblem(503, "tenant-rate-limited");

        assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(1, 37);
        assertThat(tenant.calls("/api/v1/items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/items, GET", "/api/v1/api-keys, POST"})
    void callWhenRateIsLimitedForASecondIsAnsweredAfterIt(String path, String method) {
        tenant.before(once(path, method, Faults.tooManyRequests(1)));

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.calls(path)).hasSize(2);
        assertThat(tenant.keysMade("hr|4711")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN, API_KEYS, "/api/v1/items"})
    void callWhenAnswerIsHtmlIsUnreadable(String path) {
        // a login answers with cookies; a page of a proxy has none
        tenant.before(at(path, Faults.html(200)));

        Answer answer = bridge.apps(main, ada).expectProblem(502, "tenant-answer-unreadable");

        assertThat(answer.text()).doesNotContain("<html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {API_KEYS, "/api/v1/items"})
    void callWhenAnswerIsTruncatedIsUnreadable(String path) {
        tenant.after((request, answer) -> isAt(request, path) ? Faults.truncated(answer) : answer);

        bridge.apps(main, ada).expectProblem(502, "tenant-answer-unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN, API_KEYS, "/api/v1/items"})
    void callWhenRedirectedToAnotherHostIsNotFollowed(String path) {
        try (SimulatedTenant thief = SimulatedTenant.start()) {
            tenant.before(at(path, Faults.redirect(307, thief.url() + path)));

            bridge.apps(main, ada).expectProblem(502, "tenant-answer-unreadable");

            assertThat(thief.calls()).isEmpty();
        }
    }

    @Test
    void callWhenTheConnectionIsResetSaysSo() {
        tenant.before(at("/api/v1/items", Faults.reset()));

        Answer answer = bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");

        assertThat(answer.detail()).contains("reset");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void callWhenNothingListensSaysRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String connection = bridge.connectTo(tenant, Map.of("host", "http://127.0.0.1:" + port));

        Answer answer = bridge.apps(connection, bridge.user(connection, "x")).expectProblem(503, "tenant-unreachable");

        assertThat(answer.detail()).contains("refused");
    }

    @Test
    void issueWhenTheKeysAnswerIsLostFailsAndHandsOutNoHalfKey() {
        tenant.after((request, answer) -> isAt(request, API_KEYS) ? Faults.reset() : answer);

        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");

        JsonNode lease = bridge.get("/api/v1/leases?connection=" + main)
                .json()
                .path("items")
                .path(0);
        assertThat(lease.path("state").asString()).isEqualTo("failed");
    }

    @Test
    void callWhenTheTenantEchoesATokenShowsNoneOfIt() {
        tenant.before(request -> isAt(request, LOGIN)
                ? Optional.of(Faults.error(401, "ECHO", "Bad token " + request.getHeader("Authorization")))
                : Optional.empty());

        Answer answer = bridge.apps(main, ada).expectProblem(502, "assertion-refused");

        assertThat(answer.text()).doesNotContain("eyJ");
    }

    private static Function<Request, Optional<ResponseDefinition>> at(String path, ResponseDefinition answer) {
        return request -> isAt(request, path) ? Optional.of(answer) : Optional.empty();
    }

    private static Function<Request, Optional<ResponseDefinition>> once(
            String path, String method, ResponseDefinition answer) {
        boolean[] done = {false};
        return request -> {
            if (done[0] || !isAt(request, path) || !request.getMethod().value().equals(method)) {
                return Optional.empty();
            }
            done[0] = true;
            return Optional.of(answer);
        };
    }

    private static boolean isAt(Request request, String path) {
        return request.getUrl().equals(path) || request.getUrl().startsWith(path + "?");
    }

    private static long number(Map<String, Object> claims, String name) {
        return ((Number) claims.get(name)).longValue();
    }
}
