package io.qlikbridge.tokenexchange;

import static io.qlikbridge.tokenexchange.Exchanges.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.issuer.TestIssuer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.tokenexchange.Exchanges.Client;
import io.qlikbridge.wire.RequestPermits;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Token exchange over HTTP, with trusted issuers and a tenant. */
class TokenExchangeTests {

    private static final TestIssuer portal = new TestIssuer();
    private static final TestIssuer limited = new TestIssuer();
    private static final TestIssuer appsOnly = new TestIssuer();
    private static final TestIssuer down = new TestIssuer();
    private static final TestIssuer hourly = new TestIssuer();

    private static SimulatedTenant tenant;
    private static Product bridge;
    private static Exchanges exchange;
    private static String main;
    private static Client everybody;
    private static String ada;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        Map<String, Object> settings = new HashMap<>();
        settings.put("bridge.access.auto-provision", "true");
        List<TestIssuer> issuers = List.of(portal, limited, appsOnly, down, hourly);
        for (int place = 0; place < issuers.size(); place++) {
            String issuer = "bridge.access.issuers[" + place + "].";
            settings.put(issuer + "issuer-uri", issuers.get(place).uri());
            settings.put(issuer + "audience", TestIssuer.AUDIENCE);
            settings.put(issuer + "username-prefix", place == 0 ? "" : "issuer" + place + ":");
        }
        settings.put("bridge.access.issuers[0].groups", "*");
        settings.put("bridge.access.issuers[1].connections", "elsewhere");
        settings.put("bridge.access.issuers[2].scopes", "bridge.apps");
        settings.put("bridge.access.issuers[4].max-validity", "PT1H");
        down.server().resetMappings();
        bridge = Product.start(TestDatabase.fresh(), settings);
        exchange = new Exchanges(bridge);
        main = bridge.connectTo(tenant);
        bridge.connectTo(tenant);
        everybody = exchange.client("*");
        ada = bridge.user(main, "exchange|somebody");
    }

    @AfterAll
    static void stop() {
        bridge.close();
        tenant.close();
        List.of(portal, limited, appsOnly, down, hourly).forEach(TestIssuer::stop);
    }

    @Test
    void exchangeOfAUsernameGivesTheTokenThatJobsGet() {
        tenant.apps("exchange|ada", App.of("Sales report"));
        String user = bridge.user(main, "exchange|ada");
        Instant before = Instant.now();

        Product.Answer answer =
                exchange.username(exchange.client(user), main, user).expect(200);

        JsonNode json = answer.json();
        JsonNode token = bridge.token(main, user).expect(200).json();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("access_token", "issued_token_type", "token_type", "expires_in");
        assertThat(json.path("access_token")).isEqualTo(token.path("token"));
        assertThat(json.path("issued_token_type").asString())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(json.path("token_type").asString()).isEqualTo("Bearer");
        Instant expiresAt = Instant.parse(token.path("expiresAt").asString());
        assertThat(json.path("expires_in").asLong())
                .isBetween(
                        Duration.between(Instant.now(), expiresAt).toSeconds(),
                        Duration.between(before, expiresAt).toSeconds());
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(tenant.keysMade("exchange|ada")).isEqualTo(1);
    }

    @Test
    void exchangeThatWaitsForATenantHasAPlaceAmongThoseWhoSignedIn() {
        String user = bridge.user(main, "exchange|place");
        AtomicInteger strangers = new AtomicInteger();
        AtomicInteger signedIn = new AtomicInteger();
        tenant.before(request -> {
            strangers.set(free(RequestPermits.Share.STRANGERS));
            signedIn.set(free(RequestPermits.Share.SIGNED_IN));
            return Optional.empty();
        });

        exchange.username(everybody, main, user).expect(200);

        tenant.before(request -> Optional.empty());
        // a place is given back behind the answer
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(free(RequestPermits.Share.SIGNED_IN)).isEqualTo(signedIn.get() + 1));
        assertThat(free(RequestPermits.Share.STRANGERS)).isEqualTo(strangers.get());
    }

    private static int free(RequestPermits.Share share) {
        RequestPermits permits = bridge.bean(RequestPermits.class);
        int free = 0;
        while (permits.enterNow(share)) {
            free++;
        }
        for (int taken = 0; taken < free; taken++) {
            permits.leave(share);
        }
        return free;
    }

    @ParameterizedTest
    @ValueSource(strings = {Exchanges.ACCESS_TOKEN, Exchanges.ID_TOKEN, Exchanges.JWT})
    void exchangeOfAPersonsTokenIsForThePersonWhoIsMadeAtFirstSight(String type) {
        String person = Product.name("person");

        Product.Answer answer = exchange.of(
                exchange.client(person),
                "subject_token",
                portal.token(person),
                "subject_token_type",
                type,
                "audience",
                main,
                "requested_token_type",
                Exchanges.ACCESS_TOKEN,
                "scope",
                "bridge.tokens");

        assertThat(answer.expect(200).json().path("access_token"))
                .isEqualTo(bridge.token(main, person).expect(200).json().path("token"));
        assertThat(handOut(person, 1).path("issuer").asString()).isEqualTo(portal.uri());
    }

    @Test
    void exchangeIsInTheAuditWithItsGrantAndRevokedWithTheClient() {
        String user = bridge.user(main, "exchange|audited");
        Client client = exchange.client(user);

        exchange.username(client, main, user).expect(200);

        JsonNode event = bridge.get("/api/v1/audit?action=token.hand-out&user=" + user)
                .json()
                .path("items")
                .path(0);
        assertThat(event.path("actor").asString()).isEqualTo("client:" + client.id());
        assertThat(event.path("connection").asString()).isEqualTo(main);
        assertThat(event.path("details").path("grant").asString()).isEqualTo(Exchanges.GRANT);
        assertThat(event.path("details").has("issuer")).isFalse();
        assertThat(event.path("details").path("promisedUntil"))
                .isEqualTo(event.path("details").path("expiresAt"));
        assertThat(bridge.post("/api/v1/leases/revoke", Map.of("client", client.id()))
                        .expect(200)
                        .json()
                        .path("revoked")
                        .asInt())
                .isEqualTo(1);
        assertThat(tenant.activeKeys("exchange|audited")).isEmpty();
    }

    @Test
    void exchangePromisesTheTokenToItsEndAsItTellsHowLongItLasts() {
        String user = bridge.user(main, "exchange|promised");
        bridge.token(main, user).expect(200);
        assertThat(isPromisedToItsEnd("exchange|promised")).isFalse();

        exchange.username(everybody, main, user).expect(200);

        assertThat(isPromisedToItsEnd("exchange|promised")).isTrue();
    }

    @Test
    void exchangeOfAPersonsTokenPromisesNoMoreThanTheIssuersPeopleMayAskFor() {
        Instant before = Instant.now();
        exchange.token(everybody, main, hourly.token("mia")).expect(200);

        assertThat(isPromisedToItsEnd("issuer4:mia")).isFalse();
        assertThat(Instant.parse(handOut("issuer4:mia", 0).path("promisedUntil").asString()))
                .isBetween(before.plus(Duration.ofMinutes(59)), Instant.now().plus(Duration.ofMinutes(61)));
    }

    private static boolean isPromisedToItsEnd(String subject) {
        return bridge.bean(JdbcClient.class)
                .sql(
                        "select promised_until is not null and promised_until >= expires_at from lease where subject = :subject")
                .param("subject", subject)
                .query(Boolean.class)
                .single();
    }

    @Test
    void exchangeByTheGroupsOfAPersonWhoIsNewIsAllowed() {
        Client finance = exchange.client("group:Finance");

        exchange.token(finance, main, portal.token("new-finance", claims -> claims.claim("groups", List.of("Finance"))))
                .expect(200);

        expectError(
                exchange.token(finance, main, portal.token("new-sales", claims -> claims.claim("groups", "Sales"))),
                400,
                "unauthorized_client",
                "may not act for user new-sales");
    }

    @Test
    void exchangeWhenTheSubjectTokenIsNotGoodSaysWhyAndRepeatsNothingOfIt() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(90));
        Date before = Date.from(Instant.now().minusSeconds(390));
        Date later = Date.from(Instant.now().plusSeconds(90));
        refusesToken(claims -> claims.issueTime(before).expirationTime(past), "has expired");
        refusesToken(claims -> claims.notBeforeTime(later), "not valid yet");
        refusesToken(claims -> claims.expirationTime(null), "no expiry");
        refusesToken(claims -> claims.audience("portal"), "another audience");
        refusesToken(claims -> claims.issuer("https://elsewhere.example"), "no issuer that the bridge trusts");
        refusesToken(claims -> claims.subject(null), "no usable claim sub");
        refusesToken(claims -> claims.claim("preferred_username", null), "preferred_username");
        refuses(
                TestIssuer.sign(
                        TestIssuer.newKey(),
                        new JWTClaimsSet.Builder().issuer(portal.uri()).build()),
                "signed by somebody unknown");
        refuses(bridge.adminToken(), "name a client and no person");
        refuses("garbage", "not a JWT");
        refuses("a.b.c", "not a JWT");
    }

    private void refusesToken(UnaryOperator<JWTClaimsSet.Builder> change, String said) {
        refuses(portal.token("bad-token", change), said);
    }

    private void refuses(String token, String said) {
        Product.Answer answer =
                expectError(exchange.token(everybody, main, token), 400, "invalid_grant", "The subject token ", said);
        if (token.length() > 20) {
            assertThat(answer.text()).doesNotContain(token.substring(token.length() - 20));
        }
    }

    @Test
    void exchangeWhenTheIssuerIsAwayIsForLater() {
        expectError(
                exchange.token(everybody, main, down.token("away")), 503, "temporarily_unavailable", "cannot be read");
    }

    @Test
    void exchangeWhenThePersonIsAnotherThanTheUserOfItsNameIsRefusedAndAudited() {
        Client client = exchange.client("*");
        exchange.token(client, main, portal.token("twice")).expect(200);

        expectError(
                exchange.token(client, main, portal.token("twice", claims -> claims.subject("another"))),
                400,
                "invalid_grant",
                "User twice is another person");
        assertThat(refusal("twice").path("details").path("code").asString()).isEqualTo("forbidden");
        assertThat(refusal("twice").path("actor").asString()).isEqualTo("client:" + client.id());
        assertThat(refusal("twice").path("connection").asString()).isEqualTo(main);
    }

    @Test
    void exchangeWhenThePersonIsAnotherTellsThatToNoClientThatMayNotActForTheUser() {
        exchange.token(everybody, main, portal.token("taken")).expect(200);
        Client finance = exchange.client("group:Finance");

        expectError(
                exchange.token(finance, main, portal.token("taken", claims -> claims.subject("another"))),
                400,
                "unauthorized_client",
                "may not act for user taken");
    }

    @Test
    void exchangeWhenNobodyCanHaveThePersonsNameSaysSo() {
        expectError(
                exchange.token(everybody, main, portal.token("zero\u200bwidth")),
                400,
                "invalid_grant",
                "is not taken for a new user");
    }

    @Test
    void exchangeIsHeldToTheLimitsOfTheIssuer() {
        expectError(
                exchange.token(everybody, main, limited.token("kim")),
                400,
                "unauthorized_client",
                "may not use connection");
        expectError(
                exchange.token(everybody, main, appsOnly.token("lee")), 400, "unauthorized_client", "bridge.tokens");
        assertThat(tenant.keysMade("issuer1:kim") + tenant.keysMade("issuer2:lee"))
                .isZero();
    }

    @Test
    void exchangeForAUserTheClientMayNotActForTellsNobodyWhetherThereIsOne() {
        String other = bridge.user(main, "exchange|other");
        Client client = exchange.client("somebody", "group:Nobody");

        Product.Answer there = expectError(
                exchange.username(client, main, other), 400, "unauthorized_client", "may not act for user " + other);
        Product.Answer missing = expectError(
                exchange.username(client, main, "is-not-there"), 400, "unauthorized_client", "may not act for user");
        Product.Answer person = expectError(
                exchange.token(exchange.client("somebody"), main, portal.token("unseen")),
                400,
                "unauthorized_client",
                "may not act for user unseen");

        assertThat(there.text().replace(other, "is-not-there")).isEqualTo(missing.text());
        assertThat(bridge.get("/api/v1/users?username=unseen").json().path("items"))
                .as(person.text())
                .isEmpty();
        assertThat(tenant.keysMade("exchange|other")).isZero();
    }

    @Test
    void exchangeWhenTheUserCannotHaveATokenSaysWhy() {
        expectError(
                exchange.username(everybody, main, "nobody\" \\ of this näme"),
                400,
                "invalid_grant",
                "There is no user nobody' / of this n?me.");
        expectError(exchange.username(everybody, main, " blank "), 400, "invalid_grant", "no blanks at its ends");
        String disabled = Product.name("disabled");
        bridge.post("/api/v1/users", Map.of("username", disabled, "enabled", false))
                .expect(201);
        expectError(exchange.username(everybody, main, disabled), 400, "invalid_grant", "disabled");
        String mappedOnly = bridge.connectTo(tenant, Map.of("subjects", "mapped-only"));
        expectError(
                exchange.username(everybody, mappedOnly, bridge.user(main, "exchange|unmapped")),
                400,
                "invalid_grant",
                "has no subject on connection");
    }

    @Test
    void exchangeWhenTheConnectionHasNoTokensSaysWhy() {
        String user = bridge.user(main, "exchange|nothing");
        String site = Product.name("site");
        bridge.put(
                        "/api/v1/connections/" + site,
                        Map.of(
                                "type",
                                "qlik-sense",
                                "host",
                                "https://127.0.0.1:1",
                                "signIn",
                                "certificates",
                                "userDirectory",
                                "LAB"))
                .expect(201);
        expectError(exchange.username(everybody, site, user), 400, "invalid_target", "hands out no tokens");
        String keyless = Product.name("keyless");
        bridge.put(
                        "/api/v1/connections/" + keyless,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", "https://bridge.example.org/none"))
                .expect(201);
        expectError(exchange.username(everybody, keyless, user), 400, "invalid_target", "signing key");
        bridge.delete("/api/v1/connections/" + site).expect(204);
        bridge.delete("/api/v1/connections/" + keyless).expect(204);
    }

    @Test
    void exchangeWhenTheTenantRefusesOrIsAwaySaysSo() {
        String stranger = bridge.connectTo(tenant);
        tenant.removeIdentityProvider(tenant.identityProviderOf(stranger));
        expectError(
                exchange.username(everybody, stranger, bridge.user(main, "exchange|stranger")),
                400,
                "invalid_target",
                "Qlik answered 401");
        tenant.before(request -> Optional.of(Faults.reset()));
        try {
            expectError(
                    exchange.username(everybody, main, bridge.user(main, "exchange|away")),
                    503,
                    "temporarily_unavailable",
                    "reset");
        } finally {
            tenant.before(request -> Optional.empty());
        }
    }

    @Test
    void resourceIsTheHostOfTheConnectionHoweverItIsSpelled() {
        try (SimulatedTenant other = SimulatedTenant.start()) {
            String there = bridge.connectTo(other);
            String user = bridge.user(there, "exchange|resource");
            Client client = exchange.client(user);
            String host = other.url();

            for (String resource : List.of(host, host + "/", host.replace("http", "HTTP"))) {
                exchange.of(
                                client,
                                "subject_token",
                                user,
                                "subject_token_type",
                                Exchanges.USERNAME,
                                "resource",
                                resource)
                        .expect(200);
            }
            withTarget(client, user, "resource", host, "audience", there).expect(200);
            expectError(
                    withTarget(client, user, "resource", host, "audience", main),
                    400,
                    "invalid_target",
                    "do not name the same connection");
            assertThat(other.keysMade("exchange|resource")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "audience, nowhere, There is no connection nowhere",
        "audience, https://tenant.example, the id of a connection",
        "resource, https://nowhere.example, No connection has this host",
        "resource, nowhere, starts with https",
        "resource, //nowhere.example, starts with https",
        "resource, https://nowhere.example#part, no fragment",
        "resource, https://nowhere.example/api, has no path",
        "resource, https://nowhere.example?a=b, no query",
        "resource, urn:example:qlik, starts with https",
        "resource, https://a:b@nowhere.example, no user name",
    })
    void targetThatIsNoConnectionIsInvalid(String name, String value, String said) {
        expectError(withTarget(everybody, ada, name, value), 400, "invalid_target", said);
    }

    @Test
    void targetThatIsNotOneIsInvalid() {
        expectError(withTarget(everybody, ada), 400, "invalid_target", "more than one connection");
        expectError(
                withTarget(everybody, ada, "audience", main, "audience", main), 400, "invalid_target", "Send it once");
        expectError(
                withTarget(everybody, ada, "resource", "https://a.example", "resource", "https://b.example"),
                400,
                "invalid_target",
                "Send it once");
        expectError(
                withTarget(everybody, ada, "resource", tenant.url()),
                400,
                "invalid_target",
                "Several connections have this host");
    }

    @Test
    void targetThatIsNotTheClientsIsToldToNobody() {
        String user = bridge.user(main, "exchange|limited");
        Client client = exchange.clientAt(main, user);
        String gone = bridge.connectTo(tenant);
        Client nowhere = exchange.clientAt(gone, user);
        bridge.delete("/api/v1/connections/" + gone).expect(204);

        withTarget(client, user).expect(200);
        withTarget(client, user, "resource", tenant.url()).expect(200);
        String other = bridge.connectTo(tenant);
        Product.Answer there =
                expectError(withTarget(client, user, "audience", other), 400, "unauthorized_client", other);
        Product.Answer missing = expectError(
                withTarget(client, user, "audience", "missing"), 400, "unauthorized_client", "may not use connection");
        assertThat(there.text().replace(other, "missing")).isEqualTo(missing.text());
        expectError(
                withTarget(nowhere, user, "resource", tenant.url()),
                400,
                "unauthorized_client",
                "whether there is one or not");
        expectError(
                withTarget(nowhere, user, "resource", "https://a.example"),
                400,
                "unauthorized_client",
                "whether there is one or not");
        expectError(withTarget(nowhere, user), 400, "invalid_target", "no connection that the client may use");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject_token=ada | invalid_request | no subject_token_type",
                "subject_token=ada&subject_token_type= | invalid_request | no subject_token_type",
                "subject_token_type=urn:qlik-bridge:token-type:username | invalid_request | no subject_token ",
                "subject_token=&subject_token_type=urn:qlik-bridge:token-type:username | invalid_request | no subject_token ",
                "subject_token=ada&subject_token_type=urn:ietf:params:oauth:token-type:saml2 | invalid_request | urn:ietf:params:oauth:token-type:id_token",
                "subject_token=ada&subject_token_type=x&subject_token_type=y | invalid_request | subject_token_type is sent more than once",
                "subject_token=ada&subject_token=bob | invalid_request | subject_token is sent more than once",
                "subject_token=ada&requested_token_type=a&requested_token_type=a | invalid_request | more than once",
                "subject_token=ada&actor_token=a&actor_token=a | invalid_request | more than once",
                "subject_token=ada&subject_token_type=urn:qlik-bridge:token-type:username&actor_token=x&actor_token_type=y | invalid_request | Delegation is not supported",
                "subject_token=ada&subject_token_type=urn:qlik-bridge:token-type:username&actor_token_type=y | invalid_request | Delegation is not supported",
                "subject_token=ada&subject_token_type=urn:qlik-bridge:token-type:username&requested_token_type=urn:ietf:params:oauth:token-type:refresh_token | invalid_request | requested_token_type",
                "subject_token=ada&subject_token_type=urn:qlik-bridge:token-type:username&scope=bridge.apps | invalid_scope | does not have the scope bridge.apps",
                "subject_token=ada&subject_token_type=urn:qlik-bridge:token-type:username&scope=user_default | invalid_scope | no scope user_default",
                "subject_token=eyJh.eyJh.secret&subject_token_type=urn:qlik-bridge:token-type:username | invalid_request | is a JWT",
            })
    void requestThatIsNoneSaysWhatIsWrongWithIt(String parameters, String error, String said) {
        Product.Answer answer = expectError(
                exchange.form(everybody, "grant_type=" + Exchanges.GRANT + "&audience=" + main + "&" + parameters),
                400,
                error,
                said.strip());

        assertThat(answer.text()).doesNotContain("secret");
    }

    @Test
    void requestForAnotherScopeOfTheClientIsRefused() {
        Client both = exchange.client(Map.of("scopes", List.of("bridge.apps", "bridge.tokens"), "users", List.of("*")));
        Client apps = exchange.client(Map.of("scopes", List.of("bridge.apps"), "users", List.of("*")));

        expectError(
                exchange.of(both, "scope", "bridge.apps bridge.tokens", "subject_token", "ada"),
                400,
                "invalid_scope",
                "bridge.tokens alone");
        expectError(exchange.username(apps, main, "ada"), 400, "unauthorized_client", "bridge.tokens");
        expectError(
                exchange.of(apps, "scope", "bridge.tokens", "subject_token", "ada"),
                400,
                "invalid_scope",
                "does not have the scope bridge.tokens");
    }

    @Test
    void requestWithATokenInTheAddressIsToldThatLogsKeepIt() {
        for (String name : List.of("subject_token", "actor_token")) {
            expectError(
                    bridge.send("POST", "/oauth2/token?" + name + "=very-secret", null, null),
                    400,
                    "invalid_request",
                    "logs keep it");
        }
        for (String name : List.of("audience", "resource", "subject_token_type", "requested_token_type")) {
            expectError(
                    bridge.send("POST", "/oauth2/token?" + name + "=x", null, null),
                    400,
                    "invalid_request",
                    "not read");
        }
    }

    @Test
    void requestByNobodyIsRefusedBeforeItIsRead() {
        expectError(
                exchange.form(new Client(everybody.id(), "wrong-secret"), "grant_type=" + Exchanges.GRANT),
                401,
                "invalid_client",
                "secret is another");
    }

    @Test
    void requestWithTheSecretThatWasPrintedIsRefused() {
        Client first = exchange.client("*");
        bridge.bean(JdbcClient.class)
                .sql("update oauth2_registered_client set first_secret = true where client_id = :id")
                .param("id", first.id())
                .update();

        expectError(
                exchange.username(first, main, bridge.user(main, "exchange|first")),
                400,
                "unauthorized_client",
                "good for being renewed alone");
    }

    @Test
    void metadataAnnouncesTheGrant() {
        assertThat(bridge.send("GET", "/.well-known/oauth-authorization-server", null, null)
                        .json()
                        .path("grant_types_supported")
                        .toString())
                .isEqualTo("[\"client_credentials\",\"" + Exchanges.GRANT + "\"]");
    }

    @Test
    void metricsHaveTheProblemThatTheErrorStandsFor() {
        exchange.username(everybody, main, "is-nobody").expect(400);

        assertThat(bridge.get("/actuator/prometheus").text().lines())
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("code=\"user-not-found\"")
                        && line.contains("uri=\"/oauth2/token\""));
    }

    private static Product.Answer withTarget(Client client, String user, String... target) {
        String[] parameters = new String[target.length + 4];
        System.arraycopy(target, 0, parameters, 4, target.length);
        parameters[0] = "subject_token";
        parameters[1] = user;
        parameters[2] = "subject_token_type";
        parameters[3] = Exchanges.USERNAME;
        return exchange.of(client, parameters);
    }

    /** @param back how many have come since */
    private static JsonNode handOut(String user, int back) {
        return bridge.get("/api/v1/audit?action=token.hand-out&user=" + user)
                .json()
                .path("items")
                .path(back)
                .path("details");
    }

    private static JsonNode refusal(String user) {
        return bridge.get("/api/v1/audit?action=request.refuse&user=" + user)
                .json()
                .path("items")
                .path(0);
    }
}
