package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiKeyTests {

    private static final String KEYS = "/api/v1/api-keys";
    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());

    @BeforeEach
    void trustOurKey() {
        TENANT.reset();
        TENANT.identityProvider(TokenMaker.ISSUER, TokenMaker.KID, TestKeys.CERTIFICATE);
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void makeWhenAskedAnswersTheDocumentedFields() {
        Reply reply = make(session("hr|1"), "{\"description\":\"node 2\",\"expiry\":\"PT8H\"}");

        JsonNode key = reply.json();
        String user = TENANT.userId("hr|1").orElseThrow();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(key.path("description").asString()).isEqualTo("node 2");
        assertThat(key.path("status").asString()).isEqualTo("active");
        assertThat(key.path("tenantId").asString()).isEqualTo(TENANT.id());
        assertThat(key.path("sub").asString()).isEqualTo(user);
        assertThat(key.path("subType").asString()).isEqualTo("user");
        assertThat(key.path("createdByUser").asString()).isEqualTo(user);
        assertThat(Instant.parse(key.path("expiry").asString()))
                .isEqualTo(CLOCK.instant().plus(Duration.ofHours(8)));
        JsonNode claims = claimsOf(key.path("token").asString());
        assertThat(claims.path("jti").asString()).isEqualTo(key.path("id").asString());
        assertThat(claims.path("aud").asString()).isEqualTo("qlik.api");
        assertThat(claims.path("sub").asString()).isEqualTo(user);
    }

    @Test
    void makeWhenExpiryIsLeftOutTakesTheMaximum() {
        TENANT.maxApiKeyExpiry(Duration.ofHours(2));

        make(session("hr|1"), "{\"description\":\"x\"}");

        assertThat(TENANT.activeKeys("hr|1")).singleElement().satisfies(key -> {
            assertThat(key.expiry()).isEqualTo(CLOCK.instant().plus(Duration.ofHours(2)));
            assertThat(key.ownerSubject()).isEqualTo("hr|1");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"description\":\"\"}",
                "{\"description\":1}",
                "{\"description\":null}",
                "{\"description\":\"x\",\"expiry\":\"PT24H1S\"}",
                "{\"description\":\"x\",\"expiry\":\"P1W\"}",
                "{\"description\":\"x\",\"expiry\":\"1d\"}",
                "{\"description\":\"x\",\"expiry\":3600}",
                "{\"description\":\"x\",\"expiry\":\"PT0S\"}",
                "{\"description\":\"x\",\"expiry\":null}",
                "{\"description\":\"x\",\"tenantId\":\"y\"}",
                "{\"description\":\"x\",\"subType\":\"externalClient\"}"
            })
    void makeWhenBodyIsWrongIsRefused(String body) {
        Reply reply = make(session("hr|1"), body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/status").isNumber()).isTrue();
        assertThat(TENANT.keysMade()).isZero();
    }

    @Test
    void makeWhenFiveAreActiveIsForbidden() {
        String[] session = session("hr|1");
        for (int made = 0; made < 5; made++) {
            assertThat(make(session, "{\"description\":\"x\"}").status()).isEqualTo(201);
        }

        assertThat(make(session, "{\"description\":\"x\"}").status()).isEqualTo(403);
        assertThat(make(session("hr|2"), "{\"description\":\"x\"}").status()).isEqualTo(201);

        CLOCK.pass(Duration.ofHours(25));
        assertThat(make(session("hr|1"), "{\"description\":\"x\"}").status()).isEqualTo(201);
        assertThat(TENANT.keysMade("hr|1")).isEqualTo(6);
        assertThat(TENANT.keysMade()).isEqualTo(7);
    }

    @Test
    void makeWhenPermissionIsMissingIsForbiddenUntilTheNextSession() {
        TENANT.forbidApiKeys("hr|1");
        String[] session = session("hr|1");
        assertThat(make(session, "{\"description\":\"x\"}").status()).isEqualTo(403);

        TENANT.allowApiKeys("hr|1");

        assertThat(make(session, "{\"description\":\"x\"}").status()).isEqualTo(403);
        assertThat(make(session("hr|1"), "{\"description\":\"x\"}").status()).isEqualTo(201);
    }

    @Test
    void makeWhenForAnotherUserIsForAdminsOnly() {
        CLIENT.login(new TokenMaker("hr|2", CLOCK.instant()));
        String body =
                "{\"description\":\"x\",\"sub\":\"" + TENANT.userId("hr|2").orElseThrow() + "\"}";

        assertThat(make(session("hr|1"), body).status()).isEqualTo(403);
        assertThat(make(admin(), body).status()).isEqualTo(201);
        assertThat(TENANT.activeKeys("hr|2")).hasSize(1);
    }

    @Test
    void useWhenKeyIsActiveNeedsNoCsrfToken() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());

        assertThat(make(key, "{\"description\":\"x\"}").status()).isEqualTo(201);
    }

    @Test
    void useWhenKeyHasExpiredIsUnauthorized() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        CLOCK.pass(Duration.ofHours(24).minusSeconds(1));
        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(200);

        CLOCK.pass(Duration.ofSeconds(1));

        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(401);
        assertThat(TENANT.activeKeys("hr|1")).isEmpty();
        assertThat(CLIENT.get(KEYS + "?status=expired", admin()).json().path("data"))
                .hasSize(1);
    }

    @Test
    void useWhenUserIsDisabledIsUnauthorized() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        TENANT.disableUser("hr|1");

        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(401);
    }

    @Test
    void deleteWhenByOwnerRemovesTheKey() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        String id = TENANT.activeKeys("hr|1").getFirst().id();

        assertThat(CLIENT.send("DELETE", KEYS + "/" + id, "", session("hr|1")).status())
                .isEqualTo(204);

        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(401);
        assertThat(CLIENT.get(KEYS + "/" + id, admin()).status()).isEqualTo(404);
    }

    @Test
    void deleteWhenByAdminLeavesTheKeyRevoked() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        String id = TENANT.activeKeys("hr|1").getFirst().id();

        assertThat(CLIENT.send("DELETE", KEYS + "/" + id, "", admin()).status()).isEqualTo(204);

        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(401);
        assertThat(CLIENT.get(KEYS + "/" + id, admin()).json().path("status").asString())
                .isEqualTo("revoked");
    }

    @Test
    void revokeKeyWhenCalledEndsTheKey() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());

        TENANT.revokeKey(TENANT.activeKeys("hr|1").getFirst().id());

        assertThat(CLIENT.get(KEYS, key).status()).isEqualTo(401);
    }

    @Test
    void listWhenByUserShowsOwnKeysWithoutTokens() {
        String[] mine = CLIENT.key("hr|1", CLOCK.instant());
        CLIENT.key("hr|2", CLOCK.instant());

        JsonNode data = CLIENT.get(KEYS, mine).json().path("data");

        assertThat(data).hasSize(1);
        assertThat(data.path(0).path("sub").asString())
                .isEqualTo(TENANT.userId("hr|1").orElseThrow());
        assertThat(data.path(0).has("token")).isFalse();
        assertThat(CLIENT.get(KEYS, admin()).json().path("data")).hasSize(2);
    }

    @Test
    void readWhenKeyIsAnothersIsForbidden() {
        String[] mine = CLIENT.key("hr|1", CLOCK.instant());
        CLIENT.key("hr|2", CLOCK.instant());
        String other = TENANT.activeKeys("hr|2").getFirst().id();
        String user = TENANT.userId("hr|2").orElseThrow();

        assertThat(CLIENT.get(KEYS + "/" + other, mine).status()).isEqualTo(403);
        assertThat(CLIENT.send("DELETE", KEYS + "/" + other, "", mine).status()).isEqualTo(403);
        assertThat(CLIENT.get(KEYS + "?sub=" + user, mine).status()).isEqualTo(403);
        assertThat(CLIENT.get(KEYS + "?createdByUser=" + user, mine).status()).isEqualTo(403);
    }

    @Test
    void listWhenPagedGoesNewestFirstByNeighbour() {
        String[] session = session("hr|1");
        for (String description : new String[] {"a", "b", "c"}) {
            make(session, "{\"description\":\"" + description + "\"}");
        }

        Reply first = CLIENT.get(KEYS + "?limit=2", session);
        Reply second = CLIENT.get(next(first), session);

        assertThat(descriptions(first)).isEqualTo("cb");
        assertThat(next(first)).contains("startingAfter=");
        assertThat(descriptions(second)).isEqualTo("a");
        assertThat(descriptions(CLIENT.get(second.json().at("/links/prev/href").asString(), session)))
                .isEqualTo("cb");
        assertThat(descriptions(CLIENT.get(KEYS + "?sort=%2Bdescription", session)))
                .isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "sort=+created", "no=1"})
    void listWhenQueryIsWrongIsRefused(String query) {
        assertThat(CLIENT.get(KEYS + "?" + query, admin()).status()).isEqualTo(400);
    }

    @Test
    void listWhenBothNeighboursAreGivenIsRefused() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        String id = TENANT.activeKeys("hr|1").getFirst().id();

        Reply reply = CLIENT.get(KEYS + "?startingAfter=" + id + "&endingBefore=" + id, key);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void describeWhenPatchedReplacesTheDescriptionOnly() {
        String[] key = CLIENT.key("hr|1", CLOCK.instant());
        String path = KEYS + "/" + TENANT.activeKeys("hr|1").getFirst().id();

        Reply changed = CLIENT.send("PATCH", path, patch("/description"), key);

        assertThat(changed.status()).isEqualTo(204);
        assertThat(TENANT.activeKeys("hr|1").getFirst().description()).isEqualTo("new");
        assertThat(CLIENT.send("PATCH", path, patch("/expiry"), key).status()).isEqualTo(400);
    }

    @Test
    void configurationWhenReadableTellsTheLimits() {
        TENANT.maxApiKeyExpiry(Duration.ofHours(12));
        TENANT.maxKeysPerUser(3);

        JsonNode limits =
                CLIENT.get(KEYS + "/configs/" + TENANT.id(), session("hr|1")).json();

        assertThat(limits.path("max_keys_per_user").asInt()).isEqualTo(3);
        assertThat(limits.path("max_api_key_expiry").asString()).isEqualTo("PT12H");
    }

    @Test
    void configurationWhenNotReadableIsForbidden() {
        TENANT.configReadable(false);

        assertThat(CLIENT.get(KEYS + "/configs/" + TENANT.id(), session("hr|1")).status())
                .isEqualTo(403);
    }

    @Test
    void toStringOfIssuedKeyHidesTheToken() {
        Instant now = CLOCK.instant();

        assertThat(new IssuedKey("id", 1, "secret", "d", "u", "u", now, now, now, false).toString())
                .doesNotContain("secret");
    }

    private static Reply make(String[] caller, String body) {
        return CLIENT.post(KEYS, body, caller);
    }

    private static String[] session(String subject) {
        return CLIENT.login(new TokenMaker(subject, CLOCK.instant())).session();
    }

    private static String[] admin() {
        return TenantClient.bearer(TENANT.adminToken());
    }

    private static String next(Reply reply) {
        return reply.json().at("/links/next/href").asString();
    }

    private static String descriptions(Reply reply) {
        StringBuilder all = new StringBuilder();
        reply.json()
                .path("data")
                .forEach(key -> all.append(key.path("description").asString()));
        return all.toString();
    }

    private static String patch(String path) {
        return "[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":\"new\"}]";
    }

    private static JsonNode claimsOf(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JsonMapper.shared().readTree(new String(claims, StandardCharsets.UTF_8));
    }
}
