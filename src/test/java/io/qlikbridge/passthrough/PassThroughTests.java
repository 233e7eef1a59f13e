package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.ThroughBothDoors;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.simulator.Space;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ThroughBothDoors
class PassThroughTests {

    @Parameter
    Door door;

    private static Product bridge;
    private static final String[] APPS = {"bridge.apps"};
    private static final String SPACE = "665000000000000000000abc";

    private static SimulatedTenant tenant;
    private static String main;
    private static String ada;
    private static String token;
    private static final App report = App.of("Sales report").inSpace(SPACE);

    @BeforeParameterizedClassInvocation
    static void start(Door door) {
        bridge = door.product();
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        tenant.space(new Space(SPACE, "Finance", "shared"));
        tenant.apps("pass|ada", report, App.of("Plan"), App.of("Stock"));
        ada = bridge.user(main, "pass|ada");
        token = bridge.client(APPS, ada);
        get("/api/v1/items").expect(200);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        tenant.close();
    }

    @Test
    void itemsAreTheTenantsOwnAnswerButForLinks() {
        Answer passed =
                get("/api/v1/items?resourceType=app&sort=%2Bname&limit=2").expect(200);
        Call asked = lastCall();
        String atTenant = tenantsAnswer(asked);

        assertThat(asked.url()).isEqualTo("/api/v1/items?resourceType=app&sort=%2Bname&limit=2");
        assertThat(atTenant).contains(tenant.url() + "/api/v1/items");
        assertThat(passed.text())
                .isEqualTo(atTenant.replace("\"" + tenant.url() + "/", "\"" + bridge.url() + "/qlik/" + main + "/"));
        assertThat(passed.header("Content-Type").replace(" ", "")).isEqualTo("application/json;charset=utf-8");
        assertThat(passed.header("Content-Length"))
                .isEqualTo(Integer.toString(passed.response().body().length));
    }

    @Test
    void nextLinksWhenFollowedLeadThroughAllPages() {
        List<String> names = new ArrayList<>();
        String path = "/qlik/" + main + "/api/v1/items?limit=1&sort=name";
        while (path != null) {
            JsonNode page =
                    bridge.exchange(bridge.request(path, token)).expect(200).json();
            page.path("data").forEach(item -> names.add(item.path("name").asString()));
            JsonNode next = page.at("/links/next/href");
            assertThat(next.isString() ? next.asString() : bridge.url()).startsWith(bridge.url());
            path = next.isString() ? next.asString().substring(bridge.url().length()) : null;
        }

        assertThat(names).containsExactly("Plan", "Sales report", "Stock");
    }

    @Test
    void linksWhenTheTenantAnswersWithItsGeneratedHostLeadToTheBridgeAsWell() {
        tenant.generatedHost("https://generated.eu.qlikcloud.com");
        try {
            Answer passed = get("/api/v1/items?limit=1").expect(200);

            assertThat(passed.text()).doesNotContain("generated.eu");
            assertThat(passed.json().at("/links/next/href").asString())
                    .startsWith(bridge.url() + "/qlik/" + main + "/api/v1/items?");
        } finally {
            tenant.generatedHost(tenant.url());
        }
    }

    @Test
    void singleThingsArePassedOn() {
        assertThat(get("/api/v1/items/" + report.itemId())
                        .expect(200)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Sales report");
        assertThat(get("/api/v1/apps/" + report.resourceId())
                        .expect(200)
                        .json()
                        .at("/attributes/name")
                        .asString())
                .isEqualTo("Sales report");
        assertThat(get("/api/v1/spaces").expect(200).json().at("/data/0/id").asString())
                .isEqualTo(SPACE);
        assertThat(get("/api/v1/spaces/" + SPACE)
                        .expect(200)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Finance");
    }

    @Test
    void refusalsOfTheTenantComeBackAsTheyAre() {
        Answer passed = get("/api/v1/items?limit=1000");

        assertThat(passed.status()).isEqualTo(400);
        assertThat(passed.json().at("/errors/0/code").asString()).isEqualTo("HTTP-400");
        assertThat(passed.header("X-B3-TraceId")).isNotEmpty();
        assertThat(get("/api/v1/items/nothing").status()).isEqualTo(404);
    }

    @Test
    void oneselfIsARedirectToTheBridge() {
        Answer me = get("/api/v1/users/me").expect(301);

        String id = tenant.userId("pass|ada").orElseThrow();
        assertThat(me.header("Location")).isEqualTo(bridge.url() + "/qlik/" + main + "/api/v1/users/" + id);
        JsonNode user = bridge.exchange(bridge.request(
                        me.header("Location").substring(bridge.url().length()), token))
                .expect(200)
                .json();
        assertThat(user.path("subject").asString()).isEqualTo("pass|ada");
        assertThat(user.at("/links/self/href").asString()).isEqualTo(me.header("Location"));
    }

    @Test
    void usersWhenNotOneselfAreNotThere() {
        String eve = bridge.user(main, "pass|eve");
        String evesToken = bridge.client(APPS, eve);
        String adas = tenant.userId("pass|ada").orElseThrow();

        // the background may be at the tenant meanwhile
        long before = callsFor("/api/v1/users/" + adas);
        // first while no lease of eve's says who eve is, then with one
        passed(evesToken, "/api/v1/users/" + adas).expectProblem(404, "not-found");
        passed(evesToken, "/api/v1/items").expect(200);
        passed(evesToken, "/api/v1/users/" + adas).expectProblem(404, "not-found");
        assertThat(callsFor("/api/v1/users/" + adas)).isEqualTo(before);
    }

    private static long callsFor(String url) {
        return tenant.calls().stream().filter(call -> call.url().equals(url)).count();
    }

    @Test
    void tenantSeesTheUsersKeyAndNothingOfTheCaller() {
        Answer passed = bridge.exchange(bridge.request("/qlik/" + main + "/api/v1/items", token)
                        .header("X-Bridge-User", ada)
                        .header("Cookie", "session=callers-own")
                        .header("X-Forwarded-For", "203.0.113.7")
                        .header("X-Forwarded-Proto", "https")
                        .header("Forwarded", "for=203.0.113.7")
                        .header("Via", "1.1 somewhere")
                        .header("Origin", "https://front.example.org")
                        .header("Referer", "https://front.example.org/page")
                        .header("qlik-csrf-token", "callers-own")
                        .header("qlik-web-integration-id", "callers-own")
                        .header("X-Request-Id", "callers-own")
                        .header("User-Agent", "callers-own")
                        .header("X-Anything", "callers-own")
                        .header("Accept", "application/json")
                        .header("Accept-Language", "de")
                        .header("If-None-Match", "\"one\""))
                .expect(200);

        Call seen = lastCall();
        assertThat(seen.headers().keySet())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Accept-Encoding",
                        "Accept-Language",
                        "Authorization",
                        "Connection",
                        "Host",
                        "If-None-Match",
                        "User-Agent",
                        "X-Request-Id");
        assertThat(seen.header("Host")).contains(URI.create(tenant.url()).getAuthority());
        assertThat(seen.header("User-Agent")).contains("qlik-identity-bridge");
        assertThat(seen.header("Accept-Encoding")).contains("identity");
        assertThat(seen.header("Authorization")).isNotEqualTo(Optional.of("Bearer " + token));
        assertThat(tenantsAnswer(seen)).contains("Sales report");
        assertThat(passed.header("X-Request-Id")).isEqualTo("callers-own");
    }

    @Test
    void callerSeesNothingOfTheTenantsEdge() {
        tenant.talkative(true);
        try {
            Answer passed = get("/api/v1/items").expect(200);

            Map<String, List<String>> seen = passed.response().headers().map();
            assertThat(seen)
                    .doesNotContainKeys(
                            "set-cookie",
                            "strict-transport-security",
                            "server",
                            "access-control-allow-origin",
                            "connection");
            assertThat(seen.get("etag")).containsExactly("W/\"strong\"");
            assertThat(seen.get("cache-control")).containsExactly("private, no-cache");
            assertThat(seen.get("x-content-type-options")).containsExactly("nosniff");
            assertThat(seen.get("content-security-policy"))
                    .containsExactly("sandbox; default-src 'none'; frame-ancestors 'none'");
            assertThat(passed.header("vary")).contains("Authorization", "X-Bridge-User");
        } finally {
            tenant.talkative(false);
        }
    }

    @Test
    void gzipWhenTheCallerTakesItIsPassedOnAndElseIsNotAskedFor() throws IOException {
        tenant.compress(true);
        try {
            Answer plain = get("/api/v1/items").expect(200);
            Answer none = withHeader("Accept-Encoding", "gzip;q=0, identity");
            Answer zipped = withHeader("Accept-Encoding", "br, gzip");

            assertThat(lastCall().header("Accept-Encoding")).contains("gzip");
            assertThat(plain.header("Content-Encoding")).isEmpty();
            assertThat(none.header("Content-Encoding")).isEmpty();
            assertThat(none.text()).isEqualTo(plain.text());
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.response().body().length)
                    .isLessThan(plain.response().body().length);
            assertThat(unzipped(zipped)).isEqualTo(plain.text()).contains(bridge.url() + "/qlik/" + main + "/api/v1");
        } finally {
            tenant.compress(false);
        }
    }

    @Test
    void keyWhenTheTenantNoLongerAcceptsItIsReplacedOnce() {
        String user = bridge.user(main, "pass|revoked");
        tenant.apps("pass|revoked", App.of("Mine"));
        String own = bridge.client(APPS, user);
        passed(own, "/api/v1/items").expect(200);
        tenant.activeKeys("pass|revoked").forEach(key -> tenant.revokeKey(key.id()));

        assertThat(passed(own, "/api/v1/items").expect(200).text()).contains("Mine");
        assertThat(tenant.keysMade("pass|revoked")).isEqualTo(2);
    }

    @Test
    void refusalWhenEvenANewKeyIsNotAcceptedComesBackAsItIs() {
        String user = bridge.user(main, "pass|refused");
        String own = bridge.client(APPS, user);
        AtomicInteger asked = new AtomicInteger();
        tenant.before(request -> {
            if (!request.getUrl().startsWith("/api/v1/items")) {
                return Optional.empty();
            }
            asked.incrementAndGet();
            return Optional.of(Faults.error(401, "AUTHN-1", "Not you."));
        });
        try {
            Answer first = passed(own, "/api/v1/items").expect(401);
            assertThat(first.json().at("/errors/0/code").asString()).isEqualTo("AUTHN-1");
            assertThat(asked).hasValue(2);
            // the new key is not replaced again for a while
            assertThat(passed(own, "/api/v1/items").expect(401).text()).contains("AUTHN-1");
            assertThat(asked).hasValue(3);
            assertThat(tenant.keysMade("pass|refused")).isEqualTo(2);
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    @Test
    void rateLimitOfTheTenantComesBackAsItIsAndIsKept() {
        String user = bridge.user(main, "pass|limited");
        String own = bridge.client(APPS, user);
        passed(own, "/api/v1/items").expect(200);
        AtomicInteger asked = new AtomicInteger();
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items") && asked.incrementAndGet() == 1
                ? Optional.of(Faults.tooManyRequests(30))
                : Optional.empty());
        try {
            Answer limited = passed(own, "/api/v1/items").expect(429);
            assertThat(limited.header("Retry-After")).isEqualTo("30");
            assertThat(limited.json().at("/errors/0/code").asString()).isEqualTo("HTTP-429");
            passed(own, "/api/v1/items").expectProblem(503, "tenant-rate-limited");
            assertThat(asked).hasValue(1);
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    @Test
    void pageOfAnEdgeProxyComesBackAsItIsAndCannotRun() {
        Answer passed = answered("/api/v1/items", Faults.html(502)).expect(502);

        assertThat(passed.header("Content-Type")).isEqualTo("text/html");
        assertThat(passed.text()).isEqualTo("<html><body><h1>502</h1></body></html>");
        assertThat(passed.header("Content-Security-Policy")).startsWith("sandbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elsewhere.example/login", "//elsewhere.example/login", "http://[", "data:text/html,x"})
    void redirectsElsewhereAreNotPassedOn(String location) {
        answered("/api/v1/items", Faults.redirect(302, location)).expectProblem(502, "tenant-answer-unreadable");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users/x?fields=a, /api/v1/users/x?fields=a",
        "other, /api/v1/other",
        "../v2/x, /api/v2/x",
        "https://generated.eu.qlikcloud.com/api/v1/x, /api/v1/x"
    })
    void redirectsToTheTenantLeadToTheBridge(String location, String path) {
        assertThat(answered("/api/v1/items", Faults.redirect(302, location))
                        .expect(302)
                        .header("Location"))
                .isEqualTo(bridge.url() + "/qlik/" + main + path);
    }

    @Test
    void answersWithoutABodyComeBackWithoutOne() {
        Answer same = answered(
                        "/api/v1/items",
                        new ResponseDefinitionBuilder()
                                .withStatus(304)
                                .withHeader("ETag", "\"one\"")
                                .build())
                .expect(304);

        assertThat(same.response().body()).isEmpty();
        assertThat(answered("/api/v1/items", Faults.empty(204)).expect(204).text())
                .isEmpty();
        assertThat(answered("/api/v1/items", Faults.empty(500)).expect(500).text())
                .isEmpty();
    }

    @Test
    void answersInAnotherCompressionAreNotPassedOn() {
        ResponseDefinition brotli = new ResponseDefinitionBuilder()
                .withHeader("Content-Type", "application/json")
                .withHeader("Content-Encoding", "br")
                .withBody("not readable")
                .build();

        answered("/api/v1/items", brotli).expectProblem(502, "tenant-answer-unreadable");
    }

    @Test
    void tenantWhenItDoesNotAnswerIsTheUsualProblem() {
        answered("/api/v1/items", Faults.reset()).expectProblem(503, "tenant-unreachable");
    }

    @Test
    void productInfoIsForAnybodyAndAskedForOnce() {
        SimulatedTenant another = SimulatedTenant.start();
        try {
            String connection = bridge.connectTo(another);
            String path = "/qlik/" + connection + "/resources/autogenerated/product-info.json";

            for (String caller : new String[] {null, null, token}) {
                Answer info = bridge.send("GET", path, null, caller).expect(200);
                assertThat(info.json().at("/composition/productName").asString())
                        .isEqualTo("Qlik Cloud");
            }

            assertThat(another.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.headers()).doesNotContainKeys("Authorization", "Cookie"));
        } finally {
            another.close();
        }
    }

    @Test
    void productInfoWhenTheTenantHasNoneIsNotThere() {
        SimulatedTenant another = SimulatedTenant.start();
        try {
            another.productInfo(false);
            String connection = bridge.connectTo(another);

            Answer none = bridge.send(
                    "GET", "/qlik/" + connection + "/resources/autogenerated/product-info.json", null, null);

            assertThat(none.status()).isEqualTo(404);
            assertThat(none.json().path("errors").size()).isEqualTo(1);
        } finally {
            another.close();
        }
    }

    @Test
    void productInfoOfAConnectionThatIsNotThere() {
        bridge.send("GET", "/qlik/nowhere/resources/autogenerated/product-info.json", null, null)
                .expectProblem(404, "connection-not-found");
    }

    @Test
    void callersWhoMayNotAreToldBeforeAnythingElse() {
        Answer nobody = bridge.send("GET", "/qlik/" + main + "/api/v1/items", null, null);
        nobody.expectProblem(401, "unauthenticated");
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer");
        bridge.send("GET", "/qlik/" + main + "/api/v1/unknown", null, null).expectProblem(401, "unauthenticated");
        bridge.send("GET", "/qlik/" + main + "/api/v1/items", null, "not.a.token")
                .expectProblem(401, "unauthenticated");
        String tokensOnly = bridge.client(new String[] {"bridge.tokens"}, ada);
        bridge.send("GET", "/qlik/" + main + "/api/v1/items", null, tokensOnly).expectProblem(403, "forbidden");
    }

    @Test
    void clientNamesTheUserUnlessItHasOnlyOne() {
        String bob = bridge.user(main, "pass|bob");
        String both = bridge.client(APPS, ada, bob);

        Answer nobody = passed(both, "/api/v1/items").expectProblem(400, "invalid-request");
        assertThat(nobody.detail()).contains("X-Bridge-User");
        assertThat(as(both, bob).expect(200).text()).doesNotContain("Sales report");
        assertThat(as(both, ada).expect(200).text()).contains("Sales report");
        as(token, bob).expectProblem(403, "forbidden");
        as(both, "").expectProblem(400, "invalid-request");
        as(both, "%FF").expectProblem(400, "invalid-request");
        as(both, "%4").expectProblem(400, "invalid-request");
        as(both, "somebody").expectProblem(403, "forbidden");
        as(bridge.client(APPS, "*"), "somebody").expectProblem(404, "user-not-found");
        bridge.exchange(bridge.request("/qlik/" + main + "/api/v1/items", both)
                        .header("X-Bridge-User", ada)
                        .header("X-Bridge-User", ada))
                .expectProblem(400, "invalid-request");
        passed(bridge.client(APPS, "group:finance"), "/api/v1/items").expectProblem(400, "invalid-request");
        passed(bridge.client(APPS, "*"), "/api/v1/items").expectProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada%zz", "ada%", "ada%4"})
    void nameWhenItsEncodingIsBrokenIsRefusedWithoutBeingRepeated(String name) {
        Answer refused = as(bridge.client(APPS, "*"), name);

        refused.expectProblem(400, "invalid-request");
        assertThat(refused.text()).contains("hexadecimal").doesNotContain(name);
    }

    @Test
    void namesBeyondAsciiArePercentEncoded() {
        String name = Product.name("zoë 100%");
        bridge.post("/api/v1/users", Map.of("username", name, "subjects", Map.of(main, "pass|zoe")))
                .expect(201);
        tenant.apps("pass|zoe", App.of("Of Zoe"));

        assertThat(as(bridge.client(APPS, "*"), Product.encoded(name).replace("+", "%20"))
                        .expect(200)
                        .text())
                .contains("Of Zoe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token=x",
                "accessToken=x",
                "limit=1&Access-Token=x",
                "access%5Ftoken=x",
                "api_key=x",
                "apiKey=x",
                "authorization=Bearer%20x",
                "qlik-csrf-token=x"
            })
    void queryWhenItShowsACredentialIsRefused(String query) {
        get("/api/v1/items?" + query).expectProblem(400, "invalid-request");

        assertThat(callsFor("/api/v1/items?" + query)).isZero();
    }

    @Test
    void tokenInTheQuerySignsNobodyIn() {
        bridge.send("GET", "/qlik/" + main + "/api/v1/items?access_token=" + token, null, null)
                .expectProblem(401, "unauthenticated");
    }

    private static Answer get(String path) {
        return passed(token, path);
    }

    private static Answer passed(String caller, String path) {
        return bridge.send("GET", "/qlik/" + main + path, null, caller);
    }

    private static Answer as(String caller, String user) {
        return bridge.exchange(
                bridge.request("/qlik/" + main + "/api/v1/items", caller).header("X-Bridge-User", user));
    }

    private static Answer withHeader(String name, String value) {
        return bridge.exchange(
                bridge.request("/qlik/" + main + "/api/v1/items", token).header(name, value));
    }

    /** What becomes of this answer of the tenant. */
    private static Answer answered(String path, ResponseDefinition answer) {
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items") ? Optional.of(answer) : Optional.empty());
        try {
            return get(path);
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    private static Call lastCall() {
        return tenant.calls().getLast();
    }

    /** What the tenant answers to the same, asked directly. */
    private static String tenantsAnswer(Call call) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(tenant.url() + call.url()))
                    .header("Authorization", call.header("Authorization").orElseThrow())
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String unzipped(Answer answer) throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(answer.response().body())).readAllBytes(),
                StandardCharsets.UTF_8);
    }
}
