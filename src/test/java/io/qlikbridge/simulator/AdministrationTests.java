package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AdministrationTests {

    private static final String PROVIDERS = "/api/v1/identity-providers";
    private static final String INTEGRATIONS = "/api/v1/web-integrations";
    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());

    @BeforeEach
    void reset() {
        TENANT.reset();
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    static Stream<String> readablePems() {
        return Stream.of(
                TestKeys.CERTIFICATE,
                TestKeys.CERTIFICATE.strip(),
                TestKeys.CERTIFICATE.replace("\n", "\\n"),
                TestKeys.CERTIFICATE.replace("\n", ""),
                TestKeys.CERTIFICATE.replace("\n", "\r\n"),
                TestKeys.pem("PUBLIC KEY", TestKeys.OURS.getPublic().getEncoded()));
    }

    @ParameterizedTest
    @MethodSource("readablePems")
    void providerWhenMadeLetsItsTokensIn(String pem) {
        Reply made = make(provider(pem));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/options/staticKeys/0/kid").asString()).isEqualTo(TokenMaker.KID);
        assertThat(login()).isEqualTo(200);
    }

    static Stream<String> unreadablePems() {
        return Stream.of(
                "MII",
                TestKeys.CERTIFICATE.substring(0, 400),
                TestKeys.CERTIFICATE.replace("MII", "MIX"),
                TestKeys.CERTIFICATE + TestKeys.CERTIFICATE,
                TestKeys.pem("PRIVATE KEY", TestKeys.OURS.getPrivate().getEncoded()),
                TestKeys.pem("PUBLIC KEY", TestKeys.ELLIPTIC.getPublic().getEncoded()),
                TestKeys.certificate(TestKeys.ELLIPTIC, "SHA256withECDSA"));
    }

    @ParameterizedTest
    @MethodSource("unreadablePems")
    void providerWhenPemIsUnreadableIsRefused(String pem) {
        assertThat(make(provider(pem)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/protocol",
                "/provider",
                "/options",
                "/options/issuer",
                "/options/staticKeys",
                "/options/staticKeys/0",
                "/options/staticKeys/0/kid",
                "/options/staticKeys/0/pem"
            })
    void providerWhenSomethingIsMissingIsRefused(String pointer) {
        ObjectNode body = provider(TestKeys.CERTIFICATE);
        int cut = pointer.lastIndexOf('/');
        JsonNode parent = body.at(pointer.substring(0, cut));
        if (parent.isArray()) {
            parent.asArray().remove(0);
        } else {
            parent.asObject().remove(pointer.substring(cut + 1));
        }

        Reply reply = make(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/status").asInt()).isEqualTo(400);
    }

    @Test
    void providerWhenItHasTwoKeysIsRefused() {
        ObjectNode body = provider(TestKeys.CERTIFICATE);
        body.at("/options/staticKeys")
                .asArray()
                .add(body.at("/options/staticKeys/0").deepCopy());

        assertThat(make(body).status()).isEqualTo(400);
    }

    @Test
    void providerWhenIssuerAndKidAreTakenIsRefused() {
        make(provider(TestKeys.CERTIFICATE));

        assertThat(make(provider(TestKeys.CERTIFICATE)).status()).isEqualTo(400);
    }

    @Test
    void providerWhenForAnotherTenantIsForbidden() {
        ObjectNode body = provider(TestKeys.CERTIFICATE);
        body.putArray("tenantIds").add(TENANT.id() + "x");

        assertThat(make(body).status()).isEqualTo(403);
    }

    @Test
    void providerWhenCallerIsNoAdminIsForbidden() {
        make(provider(TestKeys.CERTIFICATE));
        String[] user = CLIENT.key("hr|1", CLOCK.instant());

        assertThat(CLIENT.post(PROVIDERS, "{}", user).status()).isEqualTo(403);
        assertThat(CLIENT.get(PROVIDERS, user).status()).isEqualTo(403);
        assertThat(CLIENT.get(PROVIDERS).status()).isEqualTo(401);
    }

    @Test
    void providerWhenItTolerantOfClocksLetsEarlyTokensIn() {
        ObjectNode body = provider(TestKeys.CERTIFICATE);
        body.put("clockToleranceSec", 30);
        make(body);
        long now = CLOCK.instant().getEpochSecond();

        assertThat(CLIENT.login(token().claim("nbf", now + 30)).status()).isEqualTo(200);
        assertThat(CLIENT.login(token().claim("nbf", now + 31)).status()).isEqualTo(400);
        assertThat(CLIENT.login(token().claim("nbf", now - 60).claim("exp", now - 29))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void providerWhenInactiveLetsNobodyIn() {
        make(provider(TestKeys.CERTIFICATE).put("active", false));

        assertThat(login()).isEqualTo(401);
    }

    @Test
    void providerWhenDeletedLetsNobodyInAnyMore() {
        String id = make(provider(TestKeys.CERTIFICATE)).json().path("id").asString();
        assertThat(CLIENT.get(PROVIDERS, admin()).json().path("data")).hasSize(1);

        assertThat(CLIENT.send("DELETE", PROVIDERS + "/" + id, "", admin()).status())
                .isEqualTo(204);

        assertThat(login()).isEqualTo(401);
        assertThat(CLIENT.get(PROVIDERS + "/" + id, admin()).status()).isEqualTo(404);
    }

    @Test
    void providerWhenPatchedChangesItsDescriptionOnly() {
        String path = PROVIDERS + "/"
                + make(provider(TestKeys.CERTIFICATE)).json().path("id").asString();
        String patch = "[{\"op\":\"replace\",\"path\":\"/description\",\"value\":\"new\"}]";

        assertThat(CLIENT.send("PATCH", path, patch, admin()).status()).isEqualTo(204);
        assertThat(CLIENT.send("PATCH", path, patch.replace("description", "options"), admin())
                        .status())
                .isEqualTo(400);

        assertThat(CLIENT.get(path, admin()).json().path("description").asString())
                .isEqualTo("new");
    }

    @Test
    void identityProviderWhenTwoShareAKidEachTrustsItsOwnIssuer() {
        TENANT.identityProvider(TokenMaker.ISSUER, TokenMaker.KID, TestKeys.CERTIFICATE);
        TENANT.identityProvider(
                "https://other.example.org", TokenMaker.KID, TestKeys.certificate(TestKeys.STRANGERS, "SHA256withRSA"));

        assertThat(login()).isEqualTo(200);
        assertThat(CLIENT.login(token().claim("iss", "https://other.example.org"))
                        .status())
                .isEqualTo(401);
        assertThat(CLIENT.login(token().claim("iss", "https://other.example.org")
                                .signedBy(TestKeys.STRANGERS))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void integrationWhenMadeAllowsItsOrigin() {
        make(provider(TestKeys.CERTIFICATE));
        Reply made = CLIENT.post(
                INTEGRATIONS, "{\"name\":\"reports\",\"validOrigins\":[\"http://localhost:3000\"]}", admin());
        String id = made.json().path("id").asString();

        Reply login = CLIENT.login(token(), "qlik-web-integration-id", id, "Origin", "http://localhost:3000");

        assertThat(made.status()).isEqualTo(201);
        assertThat(login.status()).isEqualTo(200);
        assertThat(CLIENT.get(INTEGRATIONS, admin()).names()).containsExactly("reports");
        assertThat(CLIENT.get(INTEGRATIONS + "/" + id, admin()).status()).isEqualTo(200);
    }

    @Test
    void integrationWhenDeletedIsGone() {
        TENANT.webIntegration("wi-1", "https://reports.example.org");

        assertThat(CLIENT.send("DELETE", INTEGRATIONS + "/wi-1", "", admin()).status())
                .isEqualTo(204);

        Reply gone = CLIENT.get(INTEGRATIONS + "/wi-1", admin());
        assertThat(gone.code()).isEqualTo("WEBINTEGRATIONS_NOT_FOUND");
        assertThat(gone.json().at("/errors/0/status").asString()).isEqualTo("404");
    }

    @Test
    void integrationWhenBodyIsWrongIsRefused() {
        assertThat(CLIENT.post(INTEGRATIONS, "{}", admin()).code()).isEqualTo("WEBINTEGRATIONS-5");
        assertThat(CLIENT.post(INTEGRATIONS, "{\"name\":\"x\",\"y\":1}", admin())
                        .code())
                .isEqualTo("WEBINTEGRATIONS-6");
        assertThat(CLIENT.post(INTEGRATIONS, "{\"name\":\"x\",\"validOrigins\":[\"https://*.example.org\"]}", admin())
                        .status())
                .isEqualTo(400);
        assertThat(CLIENT.post(INTEGRATIONS, "{\"name\":\"x\",\"validOrigins\":[\"https://a.org/\"]}", admin())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void integrationWhenCallerIsNoAdminIsForbidden() {
        make(provider(TestKeys.CERTIFICATE));

        Reply reply = CLIENT.post(INTEGRATIONS, "{\"name\":\"x\"}", CLIENT.key("hr|1", CLOCK.instant()));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("WEBINTEGRATIONS_FORBIDDEN");
    }

    @Test
    void providersWhenManyArePaged() {
        TENANT.duplicateProviders(true);
        for (int made = 0; made < 3; made++) {
            assertThat(make(provider(TestKeys.CERTIFICATE)).status()).isEqualTo(201);
        }

        Reply first = CLIENT.get(PROVIDERS + "?limit=2", admin());
        Reply second = CLIENT.get(first.json().at("/links/next/href").asString(), admin());

        assertThat(first.json().path("data")).hasSize(2);
        assertThat(second.json().path("data")).hasSize(1);
        assertThat(TENANT.identityProviders()).isEqualTo(3);
    }

    @Test
    void providerWhenOnlyOneFormOfPemIsTakenIsRefusedInOthers() {
        String single = TestKeys.CERTIFICATE.replace("\n", "");
        TENANT.pemForm(PemForm.ORDINARY);
        assertThat(make(provider(single)).status()).isEqualTo(400);
        assertThat(make(provider(TestKeys.CERTIFICATE.replace("\n", "\r\n"))).status())
                .isEqualTo(400);
        assertThat(make(provider(TestKeys.CERTIFICATE)).status()).isEqualTo(201);

        TENANT.reset();
        TENANT.pemForm(PemForm.SINGLE_LINE);
        TENANT.shownPem(pem -> "Bag Attributes\n" + pem);
        assertThat(make(provider(TestKeys.CERTIFICATE)).status()).isEqualTo(400);
        Reply made = make(provider(single));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/options/staticKeys/0/pem").asString()).isEqualTo("Bag Attributes\n" + single);
    }

    @Test
    void integrationWhenPatchedHasTheNewOrigins() {
        TENANT.webIntegration("wi-1", "https://reports.example.org");
        String patch = "[{\"op\":\"replace\",\"path\":\"/validOrigins\",\"value\":[\"https://other.example.org\"]}]";

        assertThat(CLIENT.send("PATCH", INTEGRATIONS + "/wi-1", patch, admin()).status())
                .isEqualTo(204);
        assertThat(CLIENT.send("PATCH", INTEGRATIONS + "/wi-1", patch.replace("replace", "add"), admin())
                        .code())
                .isEqualTo("WEBINTEGRATIONS-4");

        assertThat(CLIENT.get(INTEGRATIONS + "/wi-1", admin())
                        .json()
                        .at("/validOrigins/0")
                        .asString())
                .isEqualTo("https://other.example.org");
    }

    @Test
    void integrationsWhenManyArePaged() {
        for (int made = 0; made < 11; made++) {
            TENANT.webIntegration("wi-" + made);
        }

        Reply first = CLIENT.get(INTEGRATIONS, admin());

        assertThat(first.json().path("data")).hasSize(10);
        assertThat(CLIENT.get(first.json().at("/links/next/href").asString(), admin())
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(TENANT.webIntegrations()).isEqualTo(11);
    }

    @Test
    void groupSettingsWhenChangedAreShownToAdminsAlone() {
        make(provider(TestKeys.CERTIFICATE));
        String settings = "/api/v1/groups/settings";
        String patch = "[{\"op\":\"replace\",\"path\":\"/autoCreateGroups\",\"value\":false}]";
        assertThat(CLIENT.get(settings, admin()).json().path("autoCreateGroups").asBoolean())
                .isTrue();

        assertThat(CLIENT.send("PATCH", settings, patch, admin()).status()).isEqualTo(204);

        assertThat(CLIENT.get(settings, admin()).json().path("autoCreateGroups").asBoolean())
                .isFalse();
        assertThat(CLIENT.get(settings, CLIENT.key("hr|1", CLOCK.instant())).status())
                .isEqualTo(403);
    }

    @Test
    void adminApiKeyWhenUsedOrEndedIsAsAnyKey() {
        String[] key = TenantClient.bearer(TENANT.adminApiKey());
        assertThat(CLIENT.get(PROVIDERS, key).status()).isEqualTo(200);

        CLOCK.pass(Duration.ofDays(1));

        assertThat(CLIENT.get(PROVIDERS, key).status()).isEqualTo(401);
    }

    @Test
    void administratorWhenMadeMayAdminister() {
        TENANT.administrator("hr|chief");
        String key = TENANT.tokenOf(
                TENANT.makeKey("hr|chief", "x", Duration.ofHours(1)).id());

        assertThat(CLIENT.get(PROVIDERS, TenantClient.bearer(key)).status()).isEqualTo(200);
    }

    private static Reply make(JsonNode body) {
        return CLIENT.post(PROVIDERS, body.toString(), admin());
    }

    private static ObjectNode provider(String pem) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("protocol", "jwtAuth").put("provider", "external").put("interactive", false);
        ObjectNode options = body.putObject("options").put("issuer", TokenMaker.ISSUER);
        options.putArray("staticKeys").addPOJO(Map.of("kid", TokenMaker.KID, "pem", pem));
        return (ObjectNode) JsonMapper.shared().readTree(body.toString());
    }

    private static TokenMaker token() {
        return new TokenMaker("hr|1", CLOCK.instant());
    }

    private static int login() {
        return CLIENT.login(token()).status();
    }

    private static String[] admin() {
        return TenantClient.bearer(TENANT.adminToken());
    }
}
