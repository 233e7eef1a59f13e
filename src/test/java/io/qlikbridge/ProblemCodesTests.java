package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.sitesimulator.SimulatedSite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every published code, provoked once by a caller, an admin or a tenant, over HTTP. */
class ProblemCodesTests {

    private static final String SUBJECT = "hr|4711";
    private static final String UNREACHABLE_ISSUER = "http://127.0.0.1:9/realm";
    private static final String PEM_FILE = "application/x-pem-file";

    private static Product bridge;

    private SimulatedTenant tenant;
    private String main;
    private String user;

    /** How a code is provoked, and the status it is published with. */
    private record Way(ProblemCode code, int status, Provocation provocation) {

        @Override
        public String toString() {
            return code.slug();
        }
    }

    private interface Provocation {
        Answer provoke(ProblemCodesTests test) throws Exception;
    }

    private static Way way(ProblemCode code, int status, Provocation provocation) {
        return new Way(code, status, provocation);
    }

    private static List<Way> ways() {
        return Stream.of(byTheRequest(), byWhatIsThere(), byTheSigningKey(), byTheSite(), byTheTenant(), byTrouble())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Way> byTheRequest() {
        return List.of(
                way(ProblemCode.INVALID_REQUEST, 400, test -> bridge.post("/api/v1/users", Map.of("usernam", "ada"))),
                way(ProblemCode.UNAUTHENTICATED, 401, test -> bridge.send("GET", "/api/v1/me", null, null)),
                way(
                        ProblemCode.FORBIDDEN,
                        403,
                        test -> bridge.send(
                                "GET", "/api/v1/users", null, bridge.client(new String[] {"bridge.apps"}, "*"))),
                way(ProblemCode.NOT_FOUND, 404, test -> bridge.get("/api/v1/nothing")),
                way(ProblemCode.METHOD_NOT_ALLOWED, 405, test -> bridge.delete("/api/v1/me")),
                way(
                        ProblemCode.NOT_ACCEPTABLE,
                        406,
                        test -> bridge.exchange(bridge.request("/api/v1/me", bridge.adminToken())
                                .header("Accept", "text/html"))),
                way(
                        ProblemCode.CONTENT_TOO_LARGE,
                        413,
                        test -> bridge.post("/api/v1/users", Map.of("username", "a".repeat(1_100_000)))),
                way(ProblemCode.UNSUPPORTED_MEDIA_TYPE, 415, test -> test.send("/api/v1/users", "text/csv", "ada")));
    }

    private static List<Way> byWhatIsThere() {
        return List.of(
                way(ProblemCode.CONNECTION_NOT_FOUND, 404, test -> bridge.get("/api/v1/connections/nowhere")),
                way(ProblemCode.USER_NOT_FOUND, 404, test -> bridge.get("/api/v1/users/" + UUID.randomUUID())),
                way(
                        ProblemCode.OAUTH_CLIENT_MISSING,
                        409,
                        test -> bridge.get("/api/v1/connections/" + test.main + "/oauth-client")),
                way(ProblemCode.LEASE_NOT_FOUND, 404, test -> bridge.get("/api/v1/leases/" + UUID.randomUUID())),
                way(ProblemCode.CLIENT_NOT_FOUND, 404, test -> bridge.get("/api/v1/clients/nobody")),
                way(ProblemCode.USER_EXISTS, 409, test -> bridge.post("/api/v1/users", Map.of("username", test.user))),
                way(
                        ProblemCode.CLIENT_EXISTS,
                        409,
                        test -> bridge.post(
                                "/api/v1/clients", Map.of("clientId", "admin", "scopes", List.of("bridge.apps")))),
                way(ProblemCode.CONFLICT, 409, test -> bridge.delete(test.keys() + "/" + test.main)),
                way(ProblemCode.USER_DISABLED, 403, ProblemCodesTests::appsOfADisabledUser),
                way(ProblemCode.SUBJECT_NOT_MAPPED, 404, ProblemCodesTests::appsOfAnUnmappedUser),
                way(
                        ProblemCode.VALIDITY_NOT_POSSIBLE,
                        422,
                        test -> bridge.post(
                                "/api/v1/connections/" + test.main + "/token",
                                Map.of("user", test.user, "minValidity", "PT25H"))));
    }

    private static List<Way> byTheSigningKey() {
        return List.of(
                way(ProblemCode.SIGNING_KEY_NOT_FOUND, 404, test -> bridge.get(test.keys() + "/none/certificate")),
                way(
                        ProblemCode.SIGNING_KEY_EXISTS,
                        409,
                        test -> bridge.post(test.keys(), Map.of("generate", Map.of("bits", 2048), "kid", test.main))),
                way(ProblemCode.SIGNING_KEY_MISSING, 409, test -> bridge.apps(test.unfurnished(Map.of()), test.user)),
                way(ProblemCode.SIGNING_KEY_UNREADABLE, 422, test -> test.send(test.keys(), PEM_FILE, "not a key")),
                way(
                        ProblemCode.SIGNING_KEY_TOO_WEAK,
                        422,
                        test -> bridge.exchange(bridge.request(test.keys(), bridge.adminToken())
                                .header("Content-Type", PEM_FILE)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        rsa(1024).getPrivate().getEncoded())))));
    }

    private static List<Way> byTheSite() {
        return List.of(
                way(
                        ProblemCode.CERTIFICATES_MISSING,
                        409,
                        test -> bridge.get("/api/v1/connections/" + test.site(Map.of("signIn", "certificates"))
                                + "/certificates")),
                way(
                        ProblemCode.CERTIFICATE_UNREADABLE,
                        422,
                        test -> TestSites.upload(
                                bridge,
                                test.site(Map.of("signIn", "certificates")),
                                Map.of("pfx", new byte[] {1, 2, 3}, "root", new byte[] {1, 2, 3}))),
                way(
                        ProblemCode.TOKEN_NOT_OFFERED,
                        422,
                        test -> bridge.token(test.site(Map.of("signIn", "certificates")), test.user)),
                way(ProblemCode.USER_NOT_AT_TENANT, 502, ProblemCodesTests::appsOfAUserWhomTheSiteDoesNotKnow));
    }

    private String site(Map<String, Object> settings) {
        String connection = Product.name("site");
        Map<String, Object> body =
                new HashMap<>(Map.of("type", "qlik-sense", "host", "https://localhost", "userDirectory", "LAB"));
        body.putAll(settings);
        bridge.put("/api/v1/connections/" + connection, body).expect(201);
        return connection;
    }

    private Answer appsOfAUserWhomTheSiteDoesNotKnow() {
        try (SimulatedSite site = SimulatedSite.start()) {
            return bridge.apps(TestSites.withCertificates(bridge, site), user);
        }
    }

    private static List<Way> byTheTenant() {
        return List.of(
                way(
                        ProblemCode.ASSERTION_REFUSED,
                        502,
                        test -> test.appsWhen("/login/", Faults.error(401, "LOGIN-X", "Unknown issuer"))),
                way(ProblemCode.API_KEY_REFUSED, 502, test -> {
                    test.tenant.forbidApiKeys(SUBJECT);
                    return test.apps();
                }),
                way(ProblemCode.API_KEY_LIMIT_REACHED, 409, test -> {
                    test.tenant.maxKeysPerUser(0);
                    return test.apps();
                }),
                way(
                        ProblemCode.TENANT_REFUSED,
                        502,
                        test -> test.appsWhen("/api/v1/items", Faults.error(403, "ITEMS-X", "Forbidden"))),
                way(
                        ProblemCode.TENANT_ANSWER_UNREADABLE,
                        502,
                        test -> test.appsWhen("/api/v1/items", Faults.html(200))),
                way(ProblemCode.TENANT_UNREACHABLE, 503, test -> test.appsWhen("/api/v1/items", Faults.reset())),
                way(
                        ProblemCode.TENANT_RATE_LIMITED,
                        503,
                        test -> test.appsWhen("/api/v1/items", Faults.tooManyRequests(7))));
    }

    private static List<Way> byTrouble() {
        return List.of(
                way(
                        ProblemCode.ISSUER_UNREACHABLE,
                        503,
                        test -> bridge.send("GET", "/api/v1/me", null, tokenOf(UNREACHABLE_ISSUER))),
                way(ProblemCode.TOO_BUSY, 503, ProblemCodesTests::appsWhileAllCallsAreInUse),
                way(ProblemCode.INTERNAL, 500, ProblemCodesTests::appsWithASpoiltSigningKey));
    }

    @BeforeAll
    static void startBridge() {
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of(
                        "bridge.tenant.max-concurrency", "1",
                        "bridge.access.issuers[0].issuer-uri", UNREACHABLE_ISSUER,
                        "bridge.access.issuers[0].audience", "bridge"));
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        tenant.apps(SUBJECT, App.of("Sales report"));
        main = bridge.connectTo(tenant);
        user = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void codeWhenProvokedIsAnsweredAsPublished(Way way) throws Exception {
        ProblemCode code = way.code();

        Answer answer = way.provocation().provoke(this);

        assertThat(answer.status()).as(answer.text()).isEqualTo(way.status());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asString()).as(answer.text()).isEqualTo(code.slug());
        assertThat(problem.path("type").asString()).isEqualTo("urn:qlik-bridge:problem:" + code.slug());
        assertThat(problem.path("title").asString()).isEqualTo(code.title());
        assertThat(problem.path("status").asInt()).isEqualTo(way.status());
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("instance").asString())
                .isEqualTo(answer.response().request().uri().getPath());
        assertThat(problem.path("requestId").asString()).isNotBlank().isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("Retry-After")).matches(way.status() == 503 ? "[1-9][0-9]*" : "");
    }

    @Test
    void waysNameEveryCode() {
        assertThat(ways()).extracting(Way::code).containsExactlyInAnyOrder(ProblemCode.values());
    }

    @Test
    void referenceNamesEveryCodeWithItsStatus() throws IOException {
        Map<String, Integer> published = new TreeMap<>();
        ways().forEach(way -> published.put(way.code().slug(), way.status()));

        String section = Files.readString(Path.of("docs/reference.md"))
                .split("\n## Problem codes\n")[1]
                .split("\n## ")[0];
        Map<String, Integer> named = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| (`.+`) \\| (\\d+) \\|").matcher(section);
        while (row.find()) {
            for (String code : row.group(1).split(", ")) {
                named.put(code.replace("`", ""), Integer.valueOf(row.group(2)));
            }
        }

        assertThat(named).isEqualTo(published);
    }

    private String keys() {
        return "/api/v1/connections/" + main + "/signing-keys";
    }

    private Answer apps() {
        return bridge.apps(main, user);
    }

    private Answer appsWhen(String path, ResponseDefinition fault) {
        tenant.before(request -> request.getUrl().startsWith(path) ? Optional.of(fault) : Optional.empty());
        return apps();
    }

    private Answer send(String path, String type, String body) {
        return bridge.exchange(bridge.request(path, bridge.adminToken())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A connection without a signing key. */
    private String unfurnished(Map<String, Object> settings) {
        String connection = Product.name("unfurnished");
        Map<String, Object> body =
                new HashMap<>(Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER));
        body.putAll(settings);
        bridge.put("/api/v1/connections/" + connection, body).expect(201);
        return connection;
    }

    private Answer appsOfADisabledUser() {
        String disabled = Product.name("disabled");
        bridge.post("/api/v1/users", Map.of("username", disabled, "enabled", false))
                .expect(201);
        return bridge.apps(main, disabled);
    }

    private Answer appsOfAnUnmappedUser() {
        return bridge.apps(unfurnished(Map.of("subjects", "mapped-only")), user);
    }

    /** The tenant takes one call at a time, and is slow to answer it. */
    private Answer appsWhileAllCallsAreInUse() throws Exception {
        apps().expect(200);
        CountDownLatch inUse = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        tenant.after((request, answer) -> {
            inUse.countDown();
            await(refused);
            return answer;
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Answer> first = threads.submit(this::apps);
            assertThat(inUse.await(10, TimeUnit.SECONDS)).isTrue();
            try {
                return apps();
            } finally {
                refused.countDown();
                first.get().expect(200);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer appsWithASpoiltSigningKey() {
        bridge.bean(JdbcClient.class)
                .sql("update signing_key set ciphertext = '\\x00' where connection_id = ?")
                .params(main)
                .update();
        return apps();
    }

    private static String tokenOf(String issuer) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder().issuer(issuer).audience("bridge").build());
        token.sign(new RSASSASigner(rsa(2048).getPrivate()));
        return token.serialize();
    }

    private static KeyPair rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
