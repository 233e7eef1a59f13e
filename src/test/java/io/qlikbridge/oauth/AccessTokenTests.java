package io.qlikbridge.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import io.qlikbridge.access.ActingFor;
import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuer.TestIssuer;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who calls, for whom they act, and what they are told when they may not. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestDatabase.class)
@Import(AccessTokenTests.Probe.class)
class AccessTokenTests {

    private static final String SECRET = "the-operators-own-secret";
    private static final TestIssuer portal = new TestIssuer();
    private static final TestIssuer partners = new TestIssuer();
    private static final TestIssuer down = new TestIssuer();
    private static final TestIssuer limited = new TestIssuer();
    private static final AtomicInteger number = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private LocalUsers users;

    @Autowired
    private AccessTokenKeys keys;

    private TestHttp http;
    private String admin;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry registry) {
        registry.add("bridge.access.admin-secret", () -> SECRET);
        registry.add("bridge.access.auto-provision", () -> "true");
        registry.add("bridge.access.issuers[0].issuer-uri", portal::uri);
        registry.add("bridge.access.issuers[0].audience", () -> TestIssuer.AUDIENCE);
        registry.add("bridge.access.issuers[0].admin-role", () -> "bridge-admin");
        registry.add("bridge.access.issuers[0].email-domains", () -> "example.org");
        registry.add("bridge.access.issuers[0].groups", () -> "*");
        registry.add("bridge.access.issuers[1].issuer-uri", () -> partners.uri() + "/");
        registry.add("bridge.access.issuers[1].audience", () -> TestIssuer.AUDIENCE);
        registry.add("bridge.access.issuers[1].username-prefix", () -> "partner:");
        registry.add("bridge.access.issuers[1].username-claim", () -> "email");
        registry.add("bridge.access.issuers[1].admin-role", () -> "owner");
        registry.add("bridge.access.issuers[1].roles-claim", () -> "https://example.org/claims.roles");
        registry.add("bridge.access.issuers[2].issuer-uri", down::uri);
        registry.add("bridge.access.issuers[2].audience", () -> TestIssuer.AUDIENCE);
        registry.add("bridge.access.issuers[2].username-prefix", () -> "down:");
        registry.add("bridge.access.issuers[3].issuer-uri", limited::uri);
        registry.add("bridge.access.issuers[3].audience", () -> TestIssuer.AUDIENCE);
        registry.add("bridge.access.issuers[3].username-prefix", () -> "limited:");
        registry.add("bridge.access.issuers[3].connections", () -> "mine");
        registry.add("bridge.access.issuers[3].scopes", () -> "bridge.tokens");
        registry.add("bridge.access.issuers[3].max-validity", () -> "PT1H");
    }

    @BeforeEach
    void signIn() {
        http = new TestHttp(port);
        admin = http.token("admin", SECRET);
    }

    @Test
    void meWhenClientTellsItsScopesAndUsers() {
        String token = http.token("front", client("front", "[\"bridge.apps\"]", "[\"ada\", \"group:Finance\"]"));

        assertThat(http.get("/api/v1/me", token).body())
                .isEqualTo("{\"kind\":\"client\",\"name\":\"front\",\"scopes\":[\"bridge.apps\"],"
                        + "\"users\":[\"ada\",\"group:Finance\"],\"connections\":[\"*\"]}");
    }

    @Test
    void meWhenPersonTellsThePersonAlone() {
        assertThat(http.get("/api/v1/me", portal.token("eve")).body())
                .isEqualTo("{\"kind\":\"user\",\"name\":\"eve\",\"scopes\":[\"bridge.apps\",\"bridge.tokens\"],"
                        + "\"users\":[\"eve\"],\"connections\":[\"*\"]}");
    }

    @Test
    void personWhenTheIssuerIsLimitedMayNoMoreThanThat() {
        String token = limited.token("kim");

        assertThat(http.get("/api/v1/me", token).body())
                .contains("\"scopes\":[\"bridge.tokens\"]", "\"connections\":[\"mine\"]");
        assertThat(http.get("/api/v1/connections/mine/apps", token).status()).isEqualTo(403);
        assertThat(http.post("/api/v1/connections/other/token", token, "{}")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("forbidden");
        assertThat(http.post("/api/v1/connections/mine/token", token, "{\"minValidity\":\"PT1H\"}")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("connection-not-found");
        TestHttp.Answer longer = http.post("/api/v1/connections/mine/token", token, "{\"minValidity\":\"PT1H1S\"}");
        assertThat(longer.status()).isEqualTo(422);
        assertThat(longer.json().path("code").asString()).isEqualTo("validity-not-possible");
        assertThat(longer.json().path("detail").asString()).contains("PT1H at most");
    }

    @Test
    void auditWhenPersonCallsHasThePersonAsActor() {
        http.get("/api/v1/me", portal.token("audited-eve"));
        http.get("/api/v1/connections/main/apps?user=bob", portal.token("audited-eve"));

        assertThat(http.get("/api/v1/audit?actor=user:audited-eve", admin)
                        .json()
                        .path("items"))
                .extracting(event -> event.path("action").asString() + " "
                        + event.path("user").asString())
                .containsExactly("request.refuse bob", "user.create audited-eve");
    }

    @Test
    void meWhenClientAskedForLessHasLess() {
        String token = http.tokenRequest("admin", SECRET, "grant_type=client_credentials&scope=bridge.apps")
                .json()
                .get("access_token")
                .asString();

        assertThat(http.get("/api/v1/me", token).json().get("scopes").toString())
                .isEqualTo("[\"bridge.apps\"]");
        assertForbidden(http.get("/api/v1/clients", token), "bridge.admin");
    }

    @Test
    void apiWhenNoTokenIsSentChallengesWithoutAnError() {
        Answer answer = http.get("/api/v1/me", null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "", "eyJhbGciOiJub25lIn0.e30.", "ää", "a b"})
    void apiWhenTokenIsNoTokenSaysSoWithoutRepeatingIt(String token) {
        Answer answer = http.get("/api/v1/me", null, "Authorization", "Bearer " + token);

        assertInvalidToken(answer);
    }

    @Test
    void apiWhenTokenIsTamperedWithRefuses() {
        String[] parts = admin.split("\\.");
        String signature = (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);

        Answer answer = http.get("/api/v1/me", parts[0] + "." + parts[1] + "." + signature);

        assertInvalidToken(answer);
        assertThat(answer.body() + answer.headers()).doesNotContain(parts[1]).doesNotContain(signature);
    }

    @Test
    void apiWhenAlgorithmIsNotOursRefuses() throws Exception {
        JWTClaimsSet claims = own(unchanged -> {});
        RSAKey key = ownKey();
        SignedJWT hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
        hmac.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        SignedJWT ps = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(key.getKeyID()).build(), claims);
        ps.sign(new com.nimbusds.jose.crypto.RSASSASigner(key));

        assertThat(http.get("/api/v1/me", TestIssuer.sign(key, claims)).status())
                .isEqualTo(200);
        assertInvalidToken(http.get("/api/v1/me", hmac.serialize()));
        assertInvalidToken(http.get("/api/v1/me", ps.serialize()));
        assertInvalidToken(http.get("/api/v1/me", new PlainJWT(claims).serialize()));
        assertInvalidToken(http.get("/api/v1/me", TestIssuer.sign(TestIssuer.newKey(), claims)));
    }

    @Test
    void apiWhenClaimsOfOurOwnTokenAreNotGoodRefuses() throws Exception {
        Instant now = Instant.now();

        assertInvalidToken(
                withOwn(claims -> claims.issueTime(Date.from(now.minusSeconds(900)))
                        .notBeforeTime(null)
                        .expirationTime(Date.from(now.minusSeconds(60)))),
                "expired");
        assertInvalidToken(withOwn(claims -> claims.expirationTime(null)), "no expiry");
        assertInvalidToken(withOwn(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(90)))), "not valid yet");
        assertInvalidToken(withOwn(claims -> claims.audience("another")), "another audience");
        assertInvalidToken(withOwn(claims -> claims.audience((String) null)), "another audience");
        assertInvalidToken(
                withOwn(claims -> claims.claim("client", UUID.randomUUID().toString())), "not there");
        assertInvalidToken(withOwn(claims -> claims.claim("client", null)), "not there");
    }

    @Test
    void apiWhenScopeIsMissingNamesIt() {
        String apps = http.token("apps-only", client("apps-only", "[\"bridge.apps\"]", "[\"*\"]"));
        String tokens = http.token("tokens-only", client("tokens-only", "[\"bridge.tokens\"]", "[\"*\"]"));

        assertForbidden(http.get("/api/v1/connections/main/apps", tokens), "bridge.apps");
        assertForbidden(http.post("/api/v1/connections/main/token", apps, "{}"), "bridge.tokens");
        assertForbidden(http.get("/api/v1/connections/main", apps), "bridge.admin");
        assertForbidden(http.get("/api/v1/anything", apps), "bridge.admin");
        assertForbidden(http.get("/actuator/metrics", tokens), "bridge.admin");
        assertThat(http.get("/api/v1/anything", admin).code()).isEqualTo("not-found");
        assertThat(http.get("/api/v1/connections/main/apps", apps).status()).isNotEqualTo(403);
        assertThat(http.post("/api/v1/connections/main/token", tokens, "{}").status())
                .isNotEqualTo(403);
    }

    @Test
    void apiWhenMethodIsWrongSaysSoToThoseWhoMay() {
        assertThat(http.delete("/api/v1/me", admin).code()).isEqualTo("method-not-allowed");
        assertThat(http.send("PUT", "/api/v1/clients", admin, "{}").header("Allow"))
                .contains("GET")
                .contains("POST");
    }

    @Test
    void healthIsOpenToEverybodyAndNothingElseOfTheActuator() {
        for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
            assertThat(http.get(path, null).status()).as(path).isEqualTo(200);
        }
        assertThat(http.get("/actuator/health/db", null).status()).isEqualTo(401);
        assertThat(http.get("/actuator", null).status()).isEqualTo(401);
        assertThat(http.get("/actuator", admin).status()).isEqualTo(200);
    }

    @Test
    void infoTellsAdminsAloneWhichVersionsRun() {
        String apps = http.token("no-info", client("no-info", "[\"bridge.apps\"]", "[\"*\"]"));
        assertThat(http.get("/actuator/info", null).status()).isEqualTo(401);
        assertForbidden(http.get("/actuator/info", apps), "bridge.admin");

        JsonNode info = http.get("/actuator/info", admin).json();

        assertThat(info.at("/signing/provider").asString()).isNotEmpty();
        assertThat(info.at("/signing/version").asString()).isNotEmpty();
        assertThat(info.at("/build/version").asString()).isNotEmpty();
        assertThat(info.at("/java/version").asString()).startsWith("25");
    }

    @Test
    void clientWhenDeletedIsRefusedAtOnceAlsoIfMadeAnew() {
        String token = http.token("gone", client("gone", "[\"bridge.apps\"]", "[\"*\"]"));
        assertThat(http.get("/api/v1/me", token).status()).isEqualTo(200);

        http.delete("/api/v1/clients/gone", admin);
        assertInvalidToken(http.get("/api/v1/me", token), "not there");
        client("gone", "[\"bridge.apps\"]", "[\"*\"]");

        assertInvalidToken(http.get("/api/v1/me", token), "not there");
    }

    @Test
    void clientWhenItNamesNobodyIsAskedTo() {
        Answer query = http.get("/api/v1/probe/main", admin);
        Answer body = http.post("/api/v1/probe/main", admin, "{}");

        assertThat(query.code()).isEqualTo("invalid-request");
        assertThat(query.json().get("errors").get(0).get("pointer").asString()).isEqualTo("user");
        assertThat(body.json().get("errors").get(0).get("pointer").asString()).isEqualTo("#/user");
        assertThat(query.detail()).contains("names the user");
        assertThat(http.get("/api/v1/probe/main?user=a&user=b", admin).code()).isEqualTo("invalid-request");
        assertThat(http.get("/api/v1/probe/main?user=", admin).code()).isEqualTo("invalid-request");
    }

    @Test
    void clientWhenGivenNamesActsForThoseAlone() {
        user("n-ada");
        user("n-bob");
        String token = http.token("names", client("names", "[\"bridge.admin\"]", "[\"n-ada\", \"n-missing\"]"));

        assertThat(http.get("/api/v1/probe/main?user=n-ada", token).body()).isEqualTo("n-ada");
        assertThat(http.post("/api/v1/probe/main", token, "{\"user\": \"n-ada\"}")
                        .body())
                .isEqualTo("n-ada");
        assertForbidden(http.get("/api/v1/probe/main?user=n-bob", token));
        assertForbidden(http.get("/api/v1/probe/main?user=n-nobody", token));
        assertForbidden(http.get("/api/v1/probe/main?user=N-ADA", token));
        assertForbidden(http.get("/api/v1/probe/main?user=*", token));
        assertThat(http.get("/api/v1/probe/main?user=n-missing", token).code()).isEqualTo("user-not-found");
        assertThat(detailWithout(http.get("/api/v1/probe/main?user=n-bob", token), "n-bob"))
                .isEqualTo(detailWithout(http.get("/api/v1/probe/main?user=n-nobody", token), "n-nobody"));
    }

    @Test
    void clientWhenGivenAGroupActsForItsMembersAlone() {
        user("g-ada", "Finance");
        user("g-bob", "Sales", "finance");
        user("group:Finance");
        String token = http.token("groups", client("groups", "[\"bridge.admin\"]", "[\"g-carl\", \"group:Finance\"]"));

        assertThat(http.get("/api/v1/probe/main?user=g-ada", token).body()).isEqualTo("g-ada");
        assertForbidden(http.get("/api/v1/probe/main?user=g-bob", token));
        assertForbidden(http.get("/api/v1/probe/main?user=g-nobody", token));
        assertForbidden(http.get("/api/v1/probe/main?user=group:Finance", token));
        assertThat(http.get("/api/v1/probe/main?user=g-carl", token).code()).isEqualTo("user-not-found");
    }

    @Test
    void clientWhenGivenEverybodyActsForAnyUserThereIs() {
        user("e-ada");

        assertThat(http.get("/api/v1/probe/main?user=e-ada", admin).body()).isEqualTo("e-ada");
        assertThat(http.get("/api/v1/probe/main?user=e-nobody", admin).code()).isEqualTo("user-not-found");
    }

    @Test
    void clientWhenGivenNobodyActsForNobody() {
        user("z-ada");
        String token = http.token("lonely", client("lonely", "[\"bridge.admin\"]", "[]"));

        assertForbidden(http.get("/api/v1/probe/main?user=z-ada", token));
    }

    @Test
    void personActsForItselfAlone() {
        user("p-ada");
        String token = portal.token("p-bob", claims -> claims.claim("roles", List.of("bridge-admin")));

        assertThat(http.get("/api/v1/probe/main", token).body()).isEqualTo("p-bob");
        assertThat(http.get("/api/v1/probe/main?user=p-bob", token).body()).isEqualTo("p-bob");
        assertThat(http.post("/api/v1/probe/main", token, "{}").body()).isEqualTo("p-bob");
        assertForbidden(http.get("/api/v1/probe/main?user=p-ada", token));
        assertForbidden(http.post("/api/v1/probe/main", token, "{\"user\": \"p-ada\"}"));
    }

    @Test
    void personWhenFirstSeenIsMadeFromTheClaimsAndNeverAgain() {
        String first = portal.token(
                "new-one",
                claims -> claims.claim("name", "New One")
                        .claim("email", "new@example.org")
                        .claim("email_verified", true)
                        .claim("groups", List.of("Finance", "Sales")));
        String later = portal.token("new-one", claims -> claims.claim("name", "Another Name"));

        http.get("/api/v1/me", first);
        LocalUser made = users.of(new Username("new-one"));
        http.get("/api/v1/me", later);

        assertThat(made)
                .extracting(LocalUser::name, LocalUser::email, LocalUser::emailVerified, LocalUser::groups)
                .containsExactly("New One", "new@example.org", true, List.of("Finance", "Sales"));
        assertThat(users.of(new Username("new-one"))).isEqualTo(made);
    }

    @Test
    void personWhenClaimsHaveOddFormsIsMadeWithoutThem() {
        http.get(
                "/api/v1/me",
                portal.token(
                        "odd",
                        claims -> claims.claim("name", 5)
                                .claim("email", "odd@example.org")
                                .claim("email_verified", "true")
                                .claim("groups", List.of("a", 1))));

        assertThat(users.of(new Username("odd")))
                .extracting(LocalUser::name, LocalUser::emailVerified, LocalUser::groups)
                .containsExactly(null, false, List.of());
    }

    @Test
    void personWhenAnotherOneComesByTheNameIsRefusedUntilAnAdminReleasesIt() {
        String name = "heir-" + number.incrementAndGet();
        String first = portal.token(name);
        String second =
                portal.token(name, claims -> claims.subject("f:2:" + name).claim("roles", List.of("bridge-admin")));
        assertThat(http.get("/api/v1/me", first).status()).isEqualTo(200);

        for (String path : List.of("/api/v1/me", "/api/v1/users", "/api/v1/connections/none/apps")) {
            Answer refused = http.get(path, second);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("forbidden");
            assertThat(refused.detail()).contains("another person").contains("/identity");
        }
        assertThat(http.get("/api/v1/audit?user=" + name + "&limit=200", admin).body())
                .contains(name);
        JsonNode shown = http.get("/api/v1/users?username=" + name, admin)
                .json()
                .get("items")
                .get(0);
        assertThat(shown.get("identity").get("issuer").asString()).isEqualTo(portal.uri());
        assertThat(shown.get("identity").get("subject").asString()).isEqualTo("f:1:" + name);

        String identity = "/api/v1/users/" + shown.get("id").asString() + "/identity";
        assertThat(http.delete(identity, admin).status()).isEqualTo(204);
        assertThat(http.get("/api/v1/me", second).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/me", first).status()).isEqualTo(403);
        assertThat(http.delete(identity.replaceFirst("users/.", "users/0"), admin)
                        .status())
                .isIn(404, 204);
    }

    @Test
    void personWhenAnAdminMadeTheUserIsTheFirstWhoSignsIn() {
        String name = "made-" + number.incrementAndGet();
        assertThat(http.post("/api/v1/users", admin, "{\"username\": \"" + name + "\", \"groups\": [\"Board\"]}")
                        .status())
                .isEqualTo(201);

        assertThat(http.get("/api/v1/me", portal.token(name)).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/me", portal.token(name, claims -> claims.subject("another")))
                        .status())
                .isEqualTo(403);
        assertThat(users.of(new Username(name)).groups()).containsExactly("Board");
    }

    @Test
    void personWhenDeletedStaysOutUntilAnAdminAddsIt() {
        String name = "gone-" + number.incrementAndGet();
        String token = portal.token(name);
        http.get("/api/v1/me", token);
        String id = users.of(new Username(name)).id().toString();
        assertThat(http.delete("/api/v1/users/" + id, admin).status()).isEqualTo(204);

        Answer out = http.get("/api/v1/connections/none/apps", token);

        assertThat(out.code()).isIn("user-not-found", "connection-not-found");
        assertThat(http.get("/api/v1/me", token).code()).isEqualTo("user-not-found");
        assertThat(http.get("/api/v1/me", token).detail()).contains("An admin has deleted");
        assertThat(users.find(new Username(name))).isEmpty();
        assertThat(http.post("/api/v1/users", admin, "{\"username\": \"" + name + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(http.get("/api/v1/me", token).status()).isEqualTo(200);
    }

    @Test
    void personWhenTheTokenHasNoSubjectIsRefused() {
        for (String subject : new String[] {null, "", " ", "x".repeat(256)}) {
            Answer refused = http.get("/api/v1/me", portal.token("nobody", claims -> claims.subject(subject)));
            assertThat(refused.status()).as(subject).isEqualTo(401);
        }
    }

    @Test
    void personWhenItsIssuerDoesNotVouchIsMadeWithoutTheGroupsAndUnverified() {
        String address = "eve" + number.incrementAndGet() + "@example.org";
        http.get(
                "/api/v1/me",
                partners.token(
                        "x",
                        claims -> claims.claim("email", address)
                                .claim("email_verified", true)
                                .claim("groups", List.of("Finance"))));

        LocalUser eve = users.of(new Username("partner:" + address));
        assertThat(eve.email()).isEqualTo(address);
        assertThat(eve.emailVerified()).isFalse();
        assertThat(eve.groups()).isEmpty();
    }

    @Test
    void personWhenARoleMakesItAdminIsOne() {
        String roles = portal.token("boss", claims -> claims.claim("roles", List.of("x", "bridge-admin")));
        String realm =
                portal.token("boss", claims -> claims.claim("realm_access", Map.of("roles", List.of("bridge-admin"))));
        String elsewhere = portal.token("boss", claims -> claims.claim("groups", List.of("bridge-admin")));
        String similar = portal.token("boss", claims -> claims.claim("roles", List.of("bridge-admin2")));

        assertThat(http.get("/api/v1/clients", roles).status()).isEqualTo(200);
        http.get("/api/v1/me", roles);
        assertThat(http.get("/api/v1/audit?action=user.sign-in&actor=user:boss", admin)
                        .json()
                        .path("items"))
                .as("once for the token, not for each request")
                .hasSize(1);
        assertThat(http.get("/api/v1/clients", realm).status()).isEqualTo(200);
        assertForbidden(http.get("/api/v1/clients", elsewhere), "bridge.admin");
        assertForbidden(http.get("/api/v1/clients", similar), "bridge.admin");
    }

    @Test
    void personWhenRolesAreElsewhereIsLookedForThereAlone() {
        String named = partners.token(
                "x", claims -> claims.claim("email", "b@p.org").claim("https://example.org/claims.roles", "owner"));
        String usual = partners.token(
                "x", claims -> claims.claim("email", "b@p.org").claim("roles", List.of("owner", "bridge-admin")));

        assertThat(http.get("/api/v1/clients", named).status()).isEqualTo(200);
        assertForbidden(http.get("/api/v1/clients", usual), "bridge.admin");
    }

    @Test
    void personIsNamedByPrefixAndClaim() {
        String token = partners.token("x", claims -> claims.claim("email", "bob@partner.org"));

        assertThat(http.get("/api/v1/me", token).json().get("name").asString()).isEqualTo("partner:bob@partner.org");
        assertInvalidToken(http.get("/api/v1/me", partners.token("x")), "no claim email");
        assertInvalidToken(http.get("/api/v1/me", portal.token(" bob")), "not usable");
    }

    @Test
    void personWhenNameWouldBeOneOfAnotherIssuerIsRefused() {
        assertInvalidToken(http.get("/api/v1/me", portal.token("partner:bob@partner.org")), "another trusted issuer");
        assertInvalidToken(http.get("/api/v1/me", portal.token("PARTNER:eve")), "another trusted issuer");
        assertInvalidToken(http.get("/api/v1/me", portal.token("\uff50artner:eve")), "another trusted issuer");
        assertThat(http.get("/api/v1/me", portal.token("partner")).status()).isEqualTo(200);
    }

    @Test
    void tokenOfAnIssuerWhenNotGoodIsRefused() {
        Instant now = Instant.now();

        assertInvalidToken(http.get("/api/v1/me", portal.token("a", claims -> claims.audience("shop"))), "audience");
        assertInvalidToken(
                http.get(
                        "/api/v1/me",
                        portal.token(
                                "a",
                                claims -> claims.issueTime(Date.from(now.minusSeconds(900)))
                                        .expirationTime(Date.from(now.minusSeconds(60))))),
                "expired");
        assertInvalidToken(http.get("/api/v1/me", portal.token("a", claims -> claims.issuer("https://evil.example"))));
        assertInvalidToken(http.get("/api/v1/me", portal.token("a", claims -> claims.issuer(partners.uri()))));
        assertInvalidToken(http.get("/api/v1/me", portal.token("a", claims -> claims.issuer(null))));
        // our own audience does not help a foreign signature
        assertInvalidToken(http.get(
                "/api/v1/me", portal.token("a", claims -> claims.issuer(null).audience("qlik-bridge"))));
    }

    @Test
    void ownTokenWhenItNamesATrustedIssuerIsHeldToThatIssuersKeys() throws Exception {
        String token = TestIssuer.sign(ownKey(), own(claims -> claims.issuer(portal.uri())));

        assertInvalidToken(http.get("/api/v1/me", token));
    }

    @Test
    void issuerWhenItChangesItsKeyIsFollowedAndMadeUpKeysDoNotTroubleIt() {
        assertThat(http.get("/api/v1/me", partners.token("x", claims -> claims.claim("email", "r@p.org")))
                        .status())
                .isEqualTo(200);
        partners.rotate();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/api/v1/me", partners.token("x", claims -> claims.claim("email", "r@p.org")))
                                .status()
                        == 200);
        // made first: a busy machine takes its time for so many keys, and the issuer is asked again as time passes
        List<String> madeUp = Stream.generate(() -> TestIssuer.sign(
                        TestIssuer.newKey(),
                        new JWTClaimsSet.Builder().issuer(partners.uri()).build()))
                .limit(20)
                .toList();
        partners.server().resetRequests();
        madeUp.forEach(token -> assertInvalidToken(http.get("/api/v1/me", token)));
        assertThat(partners.server().findAll(getRequestedFor(urlEqualTo("/realm/keys"))))
                .hasSizeLessThan(10);
    }

    @Test
    void issuerWhenDownIsNoFaultOfTheCallerAndIsAskedAgain() {
        down.server()
                .stubFor(get("/realm/.well-known/openid-configuration")
                        .willReturn(aResponse().withStatus(503)));
        Answer first = http.get("/api/v1/me", down.token("ada"));
        down.announce("https://another.example");
        Awaitility.await()
                .pollDelay(Duration.ofMillis(5100))
                .until(() -> http.get("/api/v1/me", down.token("ada")).status() == 503);
        down.announce();

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.code()).isEqualTo("issuer-unreachable");
        assertThat(first.header("Retry-After")).isEqualTo("5");
        assertThat(http.get("/api/v1/me", admin).status()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/api/v1/me", down.token("ada")).status() == 200);
    }

    private String client(String id, String scopes, String users) {
        Answer made = http.post(
                "/api/v1/clients",
                admin,
                "{\"clientId\": \"" + id + "\", \"scopes\": " + scopes + ", \"users\": " + users + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("secret").asString();
    }

    private void user(String name, String... groups) {
        users.provision(
                new Username(name), new Identity(portal.uri(), "f:1:" + name), null, null, false, List.of(groups));
    }

    private static String detailWithout(Answer answer, String name) {
        return answer.detail().replace(name, "");
    }

    private RSAKey ownKey() throws Exception {
        return (RSAKey) keys.get(
                        new com.nimbusds.jose.jwk.JWKSelector(new com.nimbusds.jose.jwk.JWKMatcher.Builder().build()),
                        null)
                .getFirst();
    }

    private JWTClaimsSet own(java.util.function.Consumer<JWTClaimsSet.Builder> change) throws Exception {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder(SignedJWT.parse(admin).getJWTClaimsSet()).jwtID("" + number.incrementAndGet());
        change.accept(claims);
        return claims.build();
    }

    private Answer withOwn(java.util.function.Consumer<JWTClaimsSet.Builder> change) throws Exception {
        return http.get("/api/v1/me", TestIssuer.sign(ownKey(), own(change)));
    }

    private static void assertInvalidToken(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(ProblemCode.UNAUTHENTICATED.slug());
        assertThat(answer.header("WWW-Authenticate"))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"");
    }

    private static void assertInvalidToken(Answer answer, String detail) {
        assertInvalidToken(answer);
        assertThat(answer.detail()).contains(detail);
    }

    private static void assertForbidden(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
    }

    private static void assertForbidden(Answer answer, String scope) {
        assertForbidden(answer);
        assertThat(answer.detail()).contains(scope);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }

    /** Stands in for the endpoints that act for a user. */
    @RestController
    static class Probe {

        private final ActingUsers users;

        Probe(ActingUsers users) {
            this.users = users;
        }

        @GetMapping("/api/v1/probe/{connection}")
        String query(@ActingFor LocalUser user) {
            return user.username().value();
        }

        @PostMapping("/api/v1/probe/{connection}")
        String body(@RequestBody Named body) {
            return users.of(new ConnectionId("main"), body.user()).username().value();
        }

        record Named(@Nullable Username user) {}
    }
}
