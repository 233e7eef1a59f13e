package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OAuthTests {

    private static final String TOKEN = "/oauth/token";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};
    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());

    @BeforeEach
    void register() {
        TENANT.reset();
        TENANT.oauth().client(OAuthClient.impersonating("c1", "s1"));
        TENANT.oauth().client(OAuthClient.administrator("a1", "s2"));
        TENANT.user("hr|1");
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void tokenWhenUserIsThereActsAsThatUserForSixHours() {
        Reply reply = impersonate("hr|1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("token_type").asString()).isEqualTo("bearer");
        assertThat(reply.json().path("scope").asString()).isEqualTo("user_default");
        assertThat(reply.json().has("expires_in")).isFalse();
        assertThat(Instant.parse(reply.json().path("expires_at").asString()))
                .isEqualTo(CLOCK.instant().plus(Duration.ofHours(6)));
        assertThat(CLIENT.get("/api/v1/users/me", bearer(reply)).header("Location"))
                .endsWith(TENANT.userId("hr|1").orElseThrow());
        assertThat(CLIENT.get("/api/v1/items?resourceType=app", bearer(reply)).status())
                .isEqualTo(200);
        assertThat(TENANT.oauth().tokensMade("hr|1")).isEqualTo(1);
        assertThat(TENANT.oauth().tokenCalls()).hasSize(1);
    }

    @Test
    void tokenWhenUserIsLookedUpByIdIsForThatUser() {
        String id = TENANT.userId("hr|1").orElseThrow();

        impersonate(request().put("client_secret", "s1"), "userId", id);

        assertThat(TENANT.oauth().tokensOf("hr|1")).hasSize(1);
    }

    @Test
    void tokenWhenSubjectDiffersInCaseIsForTheUserOfTheOtherCase() {
        TENANT.user("hr|a");

        assertThat(impersonate("HR|A").status()).isEqualTo(200);
        assertThat(TENANT.oauth().tokensMade("hr|a")).isEqualTo(1);

        TENANT.user("HR|A");
        impersonate("HR|A");

        assertThat(TENANT.oauth().tokensMade("HR|A")).isEqualTo(1);
    }

    @Test
    void tokenWhenUserIsUnknownIsRefusedAndMakesNobody() {
        Reply reply = impersonate("hr|2");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isEqualTo("invalid_grant");
        assertThat(TENANT.userExists("hr|2")).isFalse();
    }

    @Test
    void tokenWhenUserIsDisabledIsForbidden() {
        TENANT.disableUser("hr|1");

        assertThat(impersonate("hr|1").status()).isEqualTo(403);
    }

    @Test
    void tokenWhenThereAreTooManyIsForbiddenUntilOneEnds() {
        TENANT.oauth().maxTokensPerUser(1);
        impersonate("hr|1");

        assertThat(impersonate("hr|1").status()).isEqualTo(403);

        TENANT.oauth().endTokensOf("hr|1");
        assertThat(impersonate("hr|1").status()).isEqualTo(200);
    }

    static Stream<ObjectNode> wrongRequests() {
        return Stream.of(
                request().put("client_secret", "s1").put("grant_type", "password"),
                request().put("client_secret", "s1").put("grant_type", "client_credentials"),
                request().put("client_secret", "s1").put("scope", "admin_classic"),
                request().put("client_secret", "s1").put("user_lookup", "{}"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void tokenWhenRequestIsWrongIsRefused(ObjectNode request) {
        assertThat(CLIENT.post(TOKEN, request.toString()).status()).isEqualTo(400);
    }

    @Test
    void tokenWhenClientIsWrongIsUnauthorizedInEitherShape() {
        Reply plain = impersonate(request().put("client_secret", "s2"), "subject", "hr|1");
        TENANT.oauth().oauthErrors(false);
        Reply enveloped = impersonate(request().put("client_id", "c2"), "subject", "hr|1");

        assertThat(plain.status()).isEqualTo(401);
        assertThat(plain.json().path("error").asString()).isEqualTo("invalid_client");
        assertThat(enveloped.status()).isEqualTo(401);
        assertThat(enveloped.code()).isEqualTo("invalid_client");
    }

    @Test
    void tokenWhenAskedByFormIsMadeForTheClientAlone() {
        String form = "grant_type=client_credentials&client_id=a1&client_secret=s2";

        Reply reply = CLIENT.post(TOKEN, form, FORM);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(CLIENT.get("/api/v1/identity-providers", bearer(reply)).status())
                .isEqualTo(200);
        assertThat(TENANT.userExists("qlikbot\\a1")).isTrue();
    }

    @Test
    void tokenWhenItHasNoScopeForAdministrationIsNoAdmins() {
        String form = "grant_type=client_credentials&client_id=a1&client_secret=s2&scope=user_default";
        assertThat(CLIENT.get("/api/v1/identity-providers", bearer(CLIENT.post(TOKEN, form, FORM)))
                        .status())
                .isEqualTo(403);

        TENANT.oauth().client(OAuthClient.administrator("a2", "s3").withoutRole());
        String other = "grant_type=client_credentials&client_id=a2&client_secret=s3";
        assertThat(CLIENT.get("/api/v1/identity-providers", bearer(CLIENT.post(TOKEN, other, FORM)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void tokenWhenTheFormOfItsEndIsSetSaysItSo() {
        TENANT.oauth().tokenEnd(TokenEnd.EXPIRES_IN);
        TENANT.oauth().tokenLifetime(Duration.ofMinutes(10));

        Reply reply = impersonate("hr|1");

        assertThat(reply.json().path("expires_in").asInt()).isEqualTo(600);
        assertThat(reply.json().has("expires_at")).isFalse();
    }

    @Test
    void tokenWhenExpiredOrUserDisabledIsUnauthorized() {
        String[] ended = bearer(impersonate("hr|1"));
        CLOCK.pass(Duration.ofHours(6));
        String[] disabled = bearer(impersonate("hr|1"));
        TENANT.disableUser("hr|1");

        assertThat(CLIENT.get("/api/v1/users/me", ended).status()).isEqualTo(401);
        assertThat(CLIENT.get("/api/v1/users/me", disabled).status()).isEqualTo(401);
    }

    @Test
    void tokenWhenRevokedByItsClientIsUnauthorized() {
        Reply made = impersonate("hr|1");
        String token = made.json().path("access_token").asString();

        assertThat(revoke(token, "a1", "s2").status()).isEqualTo(200);
        assertThat(revoke(token, "c1", "wrong").status()).isEqualTo(401);
        assertThat(CLIENT.get("/api/v1/users/me", bearer(made)).status()).isEqualTo(301);

        assertThat(revoke(token, "c1", "s1").status()).isEqualTo(200);
        assertThat(CLIENT.get("/api/v1/users/me", bearer(made)).status()).isEqualTo(401);
    }

    @Test
    void oauthTokensWhenListedAreOnesOwnUnlessAnAdminAsks() {
        TENANT.user("hr|2");
        String[] ada = bearer(impersonate("hr|1"));
        String[] bob = bearer(impersonate("hr|2"));
        String tokens = "/api/v1/oauth-tokens";
        String ofAda = TENANT.userId("hr|1").orElseThrow();
        String id = CLIENT.get(tokens, ada).json().at("/data/0/id").asString();

        assertThat(CLIENT.get(tokens, ada).json().path("data")).hasSize(1);
        assertThat(CLIENT.get(tokens + "?userId=" + ofAda, bob).status()).isEqualTo(403);
        assertThat(CLIENT.get(tokens + "?userId=" + ofAda, admin()).json().path("data"))
                .hasSize(1);
        assertThat(CLIENT.send("DELETE", tokens + "/" + id, "", bob).status()).isEqualTo(403);
        assertThat(CLIENT.send("DELETE", tokens + "/" + id, "", admin()).status())
                .isEqualTo(204);
        assertThat(CLIENT.get(tokens, ada).status()).isEqualTo(401);
    }

    @Test
    void assertionWhenSignedByTheClientsKeyProvesIt() {
        keyed(TestKeys.CERTIFICATE);
        String assertion = assertion().token();

        assertThat(prove(assertion).status()).isEqualTo(200);
        assertThat(prove(assertion).status()).isEqualTo(401);
    }

    static Stream<TokenMaker> wrongAssertions() {
        long now = CLOCK.instant().getEpochSecond();
        return Stream.of(
                assertion().claim("aud", "qlik.api"),
                assertion().claim("iss", "other"),
                assertion().claim("sub", "c1"),
                assertion().claim("exp", now + 301),
                assertion().claim("exp", now),
                assertion().without("exp"),
                assertion().without("jti"),
                assertion().claim("iat", now + 10).claim("exp", now + 60),
                assertion().header("alg", "HS256"),
                assertion().signedBy(TestKeys.STRANGERS));
    }

    @ParameterizedTest
    @MethodSource("wrongAssertions")
    void assertionWhenSomethingIsWrongIsUnauthorized(TokenMaker assertion) {
        keyed(TestKeys.CERTIFICATE);

        assertThat(prove(assertion.token()).status()).isEqualTo(401);
    }

    @Test
    void userWhenMadeByAnAdminIsThereOnce() {
        String user = "{\"subject\":\"hr|3\",\"name\":\"Cleo\",\"email\":\"cleo@example.org\"}";

        assertThat(CLIENT.post("/api/v1/users", user, bearer(impersonate("hr|1")))
                        .status())
                .isEqualTo(403);
        Reply made = CLIENT.post("/api/v1/users", user, admin());
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("id").asString())
                .isEqualTo(TENANT.userId("hr|3").orElseThrow());
        assertThat(CLIENT.post("/api/v1/users", user, admin()).status()).isEqualTo(409);
        assertThat(CLIENT.post("/api/v1/users", "{}", admin()).status()).isEqualTo(400);
        assertThat(impersonate("hr|3").status()).isEqualTo(200);
    }

    private static void keyed(String pem) {
        TENANT.oauth().client(OAuthClient.impersonating("k1", "").withKey(pem));
    }

    private static TokenMaker assertion() {
        long now = CLOCK.instant().getEpochSecond();
        return new TokenMaker("k1", CLOCK.instant())
                .claim("iss", "k1")
                .claim("aud", TENANT.url() + TOKEN)
                .claim("jti", UUID.randomUUID().toString())
                .claim("exp", now + 300);
    }

    private static Reply prove(String assertion) {
        ObjectNode request = request().put("client_id", "k1").put("client_assertion", assertion);
        return impersonate(request.put("client_assertion_type", JWT_BEARER), "subject", "hr|1");
    }

    private static Reply impersonate(String subject) {
        return impersonate(request().put("client_secret", "s1"), "subject", subject);
    }

    private static Reply impersonate(ObjectNode request, String field, String value) {
        request.putObject("user_lookup").put("field", field).put("value", value);
        return CLIENT.post(TOKEN, request.toString(), "Content-Type", "application/json");
    }

    private static ObjectNode request() {
        return (ObjectNode) JsonMapper.shared()
                .valueToTree(Map.of("client_id", "c1", "grant_type", "urn:qlik:oauth:user-impersonation"));
    }

    private static Reply revoke(String token, String client, String secret) {
        String form = "token=" + token + "&client_id=" + client + "&client_secret=" + secret;
        return CLIENT.post("/oauth/revoke", form, FORM);
    }

    private static String[] bearer(Reply reply) {
        return TenantClient.bearer(reply.json().path("access_token").asString());
    }

    private static String[] admin() {
        return TenantClient.bearer(TENANT.adminToken());
    }
}
