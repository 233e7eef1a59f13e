package io.qlikbridge.tenantsetup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.qlikbridge.Kept;
import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.PemForm;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SetupTests {

    private static final String ORIGIN = "https://portal.example.org";
    private static final String PROVIDERS = "/api/v1/identity-providers";
    private static final String INTEGRATIONS = "/api/v1/web-integrations";
    private static final List<String> STEPS =
            List.of("administrator", "identity-provider", "web-integration", "groups", "api-keys", "test");

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;
    private String main;
    private String certificate;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        tenant.apps("hr|4711", App.of("Sales report"));
        main = Product.name("main");
        connect(Map.of());
        certificate = bridge.signingCertificate(main);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void setupWhenTenantIsEmptyMakesAllThatIsNeeded() {
        String ada = bridge.user(main, "hr|4711");

        JsonNode report = setUp(Map.of("user", ada));

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(statuses(report))
                .containsExactly(
                        Map.entry("administrator", "passed"),
                        Map.entry("identity-provider", "made"),
                        Map.entry("web-integration", "made"),
                        Map.entry("groups", "passed"),
                        Map.entry("api-keys", "passed"),
                        Map.entry("test", "passed"));
        assertThat(step(report, "identity-provider").propertyNames())
                .containsExactlyInAnyOrder("name", "status", "detail", "remedy", "id");
        assertThat(step(report, "identity-provider").path("id").asString()).isEqualTo(tenant.identityProviderOf(main));
        assertThat(connection().path("webIntegrationId").asString())
                .isEqualTo(step(report, "web-integration").path("id").asString());
        assertThat(detail(report, "test")).contains("app-list");
        assertThat(tenant.keysMade("hr|4711")).isEqualTo(1);
        JsonNode sent = JsonMapper.shared().readTree(posts(PROVIDERS).getFirst().body());
        assertThat(sent.at("/tenantIds/0").asString()).isEqualTo(tenant.id());
        assertThat(sent.path("clockToleranceSec").asInt()).isEqualTo(30);
        assertThat(sent.at("/options/jwtLoginEnabled").asBoolean()).isTrue();
        assertThat(sent.at("/options/staticKeys/0/pem").asString()).isEqualTo(certificate.strip());
    }

    @Test
    void setupWhenRepeatedFindsEverythingThere() {
        JsonNode first = setUp(Map.of());
        JsonNode second = setUp(Map.of());

        assertThat(statuses(second))
                .containsEntry("identity-provider", "there")
                .containsEntry("web-integration", "there")
                .containsEntry("test", "passed");
        assertThat(id(second, "identity-provider")).isEqualTo(id(first, "identity-provider"));
        assertThat(tenant.identityProviders()).isEqualTo(1);
        assertThat(tenant.webIntegrations()).isEqualTo(1);
        assertThat(posts("/")).hasSize(2 + loginsAsNobody());
    }

    @Test
    void setupByAnOAuthClientSignsInOnceByItsCredentials() {
        tenant.oauth().client(OAuthClient.administrator("setup-client", "the-secret-of-the-client"));

        JsonNode report =
                setUpWith(Map.of("clientId", "setup-client", "clientSecret", "the-secret-of-the-client"), Map.of());

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(tenant.oauth().tokenCalls()).hasSize(1);
        assertThat(detail(report, "administrator")).contains("setup-client");
    }

    @Test
    void dryRunMakesNothingAndTellsWhatItWould() {
        JsonNode report = setUp(Map.of("dryRun", true));

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(statuses(report))
                .containsEntry("administrator", "passed")
                .containsEntry("identity-provider", "skipped")
                .containsEntry("web-integration", "skipped")
                .containsEntry("api-keys", "passed")
                .containsEntry("test", "skipped");
        assertThat(detail(report, "identity-provider")).contains("would be made", main);
        assertThat(detail(report, "web-integration")).contains("would be made", ORIGIN);
        assertThat(posts("/")).isEmpty();
        assertThat(tenant.identityProviders() + tenant.webIntegrations()).isZero();
        assertThat(connection().path("webIntegrationId").isNull()).isTrue();
    }

    @Test
    void dryRunWhenAnIntegrationIsThereLeavesTheConnectionAlone() {
        tenant.webIntegration("wi-1", ORIGIN);

        JsonNode report = setUp(Map.of("dryRun", true));

        assertThat(status(report, "web-integration")).isEqualTo("there");
        assertThat(connection().path("webIntegrationId").isNull()).isTrue();
    }

    @Test
    void setupWhenCredentialIsWrongFailsAtItsFirstStep() {
        for (Map<String, String> authorization :
                List.of(Map.of("apiKey", "eyJ.not.known"), Map.of("clientId", "nobody", "clientSecret", "nothing"))) {
            JsonNode report = setUpWith(authorization, Map.of());

            assertFailedAt(report, "administrator");
            assertThat(detail(report, "administrator")).contains("401");
            assertThat(remedy(report, "administrator")).doesNotContain("Manage API keys");
            assertThat(detail(report, "groups")).contains("administrator");
        }
        assertThat(tenant.identityProviders()).isZero();
    }

    @Test
    void setupWhenCallerIsNoAdministratorSaysSo() {
        String key = tenant.tokenOf(
                tenant.makeKey("hr|plain", "x", Duration.ofHours(1)).id());

        JsonNode report = setUpWith(Map.of("apiKey", key), Map.of());

        assertFailedAt(report, "administrator");
        assertThat(detail(report, "administrator")).contains("403");
        assertThat(remedy(report, "administrator")).contains("Tenant Admin", "admin_classic");
    }

    @Test
    void setupWhenTenantIsDownFailsWithoutAnError() {
        tenant.close();

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "administrator");
        assertThat(detail(report, "administrator")).contains("No answer from");
        assertThat(remedy(report, "administrator")).isNotBlank();
    }

    static Stream<ResponseDefinition> strangeAnswers() {
        return Stream.of(
                Faults.tooManyRequests(3600),
                Faults.html(200),
                Faults.html(403),
                Faults.error(500, "X-1", "broken"),
                Faults.redirect(302, "https://elsewhere.example.org/login"),
                Faults.reset());
    }

    @ParameterizedTest
    @MethodSource("strangeAnswers")
    void setupWhenAnswersAreStrangeFailsWithAFindingAndARemedy(ResponseDefinition strange) {
        tenant.before(request -> Optional.of(strange));

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "administrator");
        assertThat(detail(report, "administrator")).isNotBlank();
        assertThat(remedy(report, "administrator")).isNotBlank();
    }

    @Test
    void setupWhenTenantRedirectsElsewhereShowsNobodyTheCredential() {
        try (SimulatedTenant other = SimulatedTenant.start()) {
            tenant.redirectBase(other.url().replace("127.0.0.1", "localhost"));

            JsonNode report = setUp(Map.of());

            assertFailedAt(report, "administrator");
            assertThat(detail(report, "administrator")).contains("redirects to localhost");
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void setupWhenTheTokenEndpointRedirectsElsewhereShowsNobodyTheSecret() {
        try (SimulatedTenant other = SimulatedTenant.start()) {
            String elsewhere = other.url().replace("127.0.0.1", "localhost") + "/oauth/token";
            tenant.before(request -> Optional.of(Faults.redirect(307, elsewhere)));

            JsonNode report = setUpWith(Map.of("clientId", "c1", "clientSecret", "the-secret-of-the-client"), Map.of());

            assertFailedAt(report, "administrator");
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void setupWhenOnlyASingleLineIsTakenTriesThatSecond() {
        tenant.pemForm(PemForm.SINGLE_LINE);

        JsonNode report = setUp(Map.of());

        assertThat(status(report, "identity-provider")).isEqualTo("made");
        assertThat(posts(PROVIDERS)).hasSize(2);
        assertThat(posts(PROVIDERS).getLast().body()).contains(certificate.replace("\n", ""));
    }

    @Test
    void setupWhenNoFormIsTakenTellsWhatTheTenantSaidFirst() {
        tenant.before(request -> request.getMethod().getName().equals("POST")
                ? Optional.of(Faults.error(400, "IDP-1", "not this pem"))
                : Optional.empty());

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "identity-provider");
        assertThat(detail(report, "identity-provider")).contains("not this pem");
    }

    static Stream<String> shownForms() {
        return Stream.of("\n", "", "\r\n", "\\n", " ");
    }

    @ParameterizedTest
    @MethodSource("shownForms")
    void setupWhenTenantWritesPemInItsOwnWayFindsItThere(String lineEnd) {
        tenant.identityProvider(issuer(), main, certificate);
        tenant.shownPem(pem -> "Bag Attributes: none" + lineEnd + pem.strip().replace("\n", lineEnd));

        assertThat(status(setUp(Map.of()), "identity-provider")).isEqualTo("there");
        assertThat(tenant.identityProviders()).isEqualTo(1);
    }

    @Test
    void setupWhenProviderHasAnotherCertificateSaysWhatDiffers() {
        String id = tenant.identityProvider(issuer(), main, strangersCertificate());

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "identity-provider");
        assertThat(detail(report, "identity-provider")).contains("another certificate", id, main);
        assertThat(remedy(report, "identity-provider")).contains("delete it", "another kid");
        assertThat(tenant.identityProviders()).isEqualTo(1);
    }

    @Test
    void setupWhenProviderIsInactiveSaysSo() {
        tenant.inactiveIdentityProvider(issuer(), main, certificate);

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "identity-provider");
        assertThat(detail(report, "identity-provider")).contains("not active");
    }

    @Test
    void setupWhenSeveralProvidersMatchTakesTheActiveOneAndTellsOfTheOthers() {
        tenant.duplicateProviders(true);
        tenant.inactiveIdentityProvider(issuer(), main, certificate);
        String active = tenant.identityProvider(issuer(), main, certificate);
        String other = tenant.identityProvider(issuer(), main, strangersCertificate());

        JsonNode report = setUp(Map.of("dryRun", true));

        assertThat(status(report, "identity-provider")).isEqualTo("there");
        assertThat(id(report, "identity-provider")).isEqualTo(active);
        assertThat(remedy(report, "identity-provider")).contains(other);
    }

    @Test
    void setupReadsAllPagesOfBothLists() {
        for (int made = 0; made < 120; made++) {
            tenant.identityProvider("https://other.example.org", "k" + made, certificate);
            tenant.webIntegration("wi-" + made, "https://other.example.org");
        }
        String provider = tenant.identityProvider(issuer(), main, certificate);
        tenant.webIntegration("zz-last", ORIGIN);

        JsonNode report = setUp(Map.of());

        assertThat(id(report, "identity-provider")).isEqualTo(provider);
        assertThat(id(report, "web-integration")).isEqualTo("zz-last");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://portal.example.org", "https://PORTAL.example.org", "https://portal.example.org:443"})
    void setupWhenAnIntegrationHoldsTheOriginGivesItToTheConnection(String spelt) {
        tenant.webIntegration("wi-1", "https://other.example.org", spelt);

        JsonNode report = setUp(Map.of());

        assertThat(status(report, "web-integration")).isEqualTo("there");
        assertThat(connection().path("webIntegrationId").asString()).isEqualTo("wi-1");
        assertThat(tenant.webIntegrations()).isEqualTo(1);
    }

    @Test
    void setupWhenTwoIntegrationsHoldTheOriginLeavesTheChoiceToTheAdmin() {
        tenant.webIntegration("wi-1", ORIGIN, "https://other.example.org");
        tenant.webIntegration("wi-2", ORIGIN);

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "web-integration");
        assertThat(detail(report, "web-integration")).contains("wi-1", "wi-2");
        assertThat(remedy(report, "web-integration")).contains("wi-2");
        assertThat(connection().path("webIntegrationId").isNull()).isTrue();

        connect(Map.of("webIntegrationId", "wi-1"));
        assertThat(id(setUp(Map.of()), "web-integration")).isEqualTo("wi-1");
    }

    @Test
    void setupWhenTheConnectionsIntegrationIsUnknownSaysSo() {
        connect(Map.of("webIntegrationId", "gone"));

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "web-integration");
        assertThat(detail(report, "web-integration")).contains("gone");
    }

    @Test
    void setupWhenTheConnectionsIntegrationLacksTheOriginSaysSo() {
        tenant.webIntegration("wi-1", "https://other.example.org");
        tenant.webIntegration("wi-2", ORIGIN);
        connect(Map.of("webIntegrationId", "wi-1"));

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "web-integration");
        assertThat(detail(report, "web-integration")).contains("does not allow", "wi-2");
    }

    @Test
    void setupWhenThereIsNoOriginSkipsTheIntegration() {
        connectWithout("origin");

        JsonNode report = setUp(Map.of());

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(status(report, "web-integration")).isEqualTo("skipped");
        assertThat(detail(report, "web-integration")).contains("no origin");
        assertThat(status(report, "test")).isEqualTo("passed");
    }

    @Test
    void setupWhenTheIntegrationIsRefusedTakesTheProviderBack() {
        tenant.before(request ->
                request.getMethod().getName().equals("POST") && request.getUrl().startsWith(INTEGRATIONS)
                        ? Optional.of(Faults.error(400, "WEBINTEGRATIONS-5", "no more of them"))
                        : Optional.empty());

        JsonNode report = setUp(Map.of());

        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(status(report, "web-integration")).isEqualTo("failed");
        assertThat(status(report, "identity-provider")).isEqualTo("skipped");
        assertThat(detail(report, "identity-provider")).contains("deleted again");
        assertThat(tenant.identityProviders()).isZero();
    }

    @Test
    void setupWhenWhatWasMadeCannotBeTakenBackSaysWhatIsLeft() {
        tenant.before(request -> request.getMethod().getName().equals("DELETE")
                        || request.getMethod().getName().equals("POST")
                                && request.getUrl().startsWith(INTEGRATIONS)
                ? Optional.of(Faults.error(500, "X-1", "broken"))
                : Optional.empty());

        JsonNode report = setUp(Map.of());

        assertThat(status(report, "identity-provider")).isEqualTo("made");
        assertThat(detail(report, "identity-provider")).contains("was to be deleted again");
        assertThat(tenant.identityProviders()).isEqualTo(1);
    }

    @Test
    void setupWhenAnAnswerIsLostFindsWhatWasMade() {
        tenant.after((request, answer) ->
                request.getMethod().getName().equals("POST") && answer.getStatus() == 201 ? Faults.reset() : answer);

        JsonNode report = setUp(Map.of());

        assertThat(status(report, "identity-provider")).isEqualTo("made");
        assertThat(status(report, "web-integration")).isEqualTo("made");
        assertThat(tenant.identityProviders()).isEqualTo(1);
        assertThat(tenant.webIntegrations()).isEqualTo(1);
    }

    @Test
    void setupWhenTheConnectionIsChangedMeanwhileTakesTheIntegrationBack() {
        tenant.before(request -> {
            if (request.getMethod().getName().equals("POST") && request.getUrl().startsWith(INTEGRATIONS)) {
                connect(Map.of("origin", "https://another.example.org"));
            }
            return Optional.empty();
        });

        JsonNode report = setUp(Map.of());

        assertThat(status(report, "web-integration")).isEqualTo("failed");
        assertThat(detail(report, "web-integration")).contains("was changed while");
        assertThat(tenant.webIntegrations()).isZero();
        assertThat(connection().path("origin").asString()).isEqualTo("https://another.example.org");
    }

    @Test
    void setupWhenSomethingElseOfTheConnectionIsChangedMeanwhileKeepsThat() {
        tenant.before(request -> {
            if (request.getMethod().getName().equals("POST") && request.getUrl().startsWith(INTEGRATIONS)) {
                connect(Map.of("subjectTemplate", "hr|{username}"));
            }
            return Optional.empty();
        });

        assertThat(status(setUp(Map.of()), "web-integration")).isEqualTo("made");

        assertThat(connection().path("subjectTemplate").asString()).isEqualTo("hr|{username}");
        assertThat(connection().path("webIntegrationId").isString()).isTrue();
    }

    @Test
    void setupWhenTheTestFailsLeavesWhatWasMade() {
        String ada = bridge.user(main, "hr|4711");
        tenant.forbidApiKeys("hr|4711");

        JsonNode report = setUp(Map.of("user", ada));

        assertFailedAt(report, "test");
        assertThat(detail(report, "test")).contains("api-key");
        assertThat(tenant.identityProviders()).isEqualTo(1);
        tenant.allowApiKeys("hr|4711");
        assertThat(status(setUp(Map.of()), "identity-provider")).isEqualTo("there");
    }

    @Test
    void setupOfAStagedKeyMakesASecondProviderBeforeItSigns() {
        setUp(Map.of());
        String keys = "/api/v1/connections/" + main + "/signing-keys";
        bridge.post(keys, Map.of("kid", "next", "generate", Map.of("bits", 2048)))
                .expect(201);
        String ada = bridge.user(main, "hr|4711");

        JsonNode report = setUp(Map.of("kid", "next", "user", ada));

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(status(report, "identity-provider")).isEqualTo("made");
        assertThat(tenant.identityProviders()).isEqualTo(2);
        assertThat(bridge.send("POST", keys + "/next/activate", null, bridge.adminToken())
                        .expect(200)
                        .json()
                        .path("warnings"))
                .isEmpty();
        bridge.apps(main, ada).expect(200);
    }

    @Test
    void setupWhenKeyIsMissingOrUnknownSaysSo() {
        String keyless = Product.name("keyless");
        bridge.put("/api/v1/connections/" + keyless, body(Map.of())).expect(201);

        JsonNode report = bridge.post(path(keyless), request(Map.of("apiKey", tenant.adminToken()), Map.of()))
                .expect(200)
                .json();

        assertFailedAt(report, "identity-provider");
        assertThat(detail(report, "identity-provider")).contains("no active signing key");
        bridge.post(path(main), request(Map.of("apiKey", tenant.adminToken()), Map.of("kid", "none")))
                .expectProblem(404, "signing-key-not-found");
        bridge.post(path(main), request(Map.of("apiKey", tenant.adminToken()), Map.of("user", "none")))
                .expectProblem(404, "user-not-found");
    }

    @Test
    void setupOfAConnectionThatSignsInAsAnOAuthClientSkipsWhatAssertionsNeed() {
        main = Kept.ACCESS_TOKENS.connect(bridge, tenant);
        tenant.user("hr|4711");
        String ada = bridge.user(main, "hr|4711");

        JsonNode report = setUp(Map.of("user", ada));

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(statuses(report))
                .containsExactly(
                        Map.entry("administrator", "passed"),
                        Map.entry("identity-provider", "skipped"),
                        Map.entry("web-integration", "skipped"),
                        Map.entry("groups", "skipped"),
                        Map.entry("api-keys", "skipped"),
                        Map.entry("test", "passed"));
        assertThat(tenant.identityProviders() + tenant.webIntegrations()).isZero();
    }

    @Test
    void setupOfAConnectionThatKeepsSessionsDoesNotAskForApiKeys() {
        connect(Map.of("keeps", "sessions"));
        tenant.maxKeysPerUser(0);
        String ada = bridge.user(main, "hr|4711");

        JsonNode report = setUp(Map.of("user", ada));

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(statuses(report)).containsEntry("identity-provider", "made").containsEntry("api-keys", "skipped");
        assertThat(connection().path("keeps").asString()).isEqualTo("sessions");
        assertThat(connection().path("webIntegrationId").isString()).isTrue();
    }

    @Test
    void groupsAndApiKeysAreJudgedAndNeverChanged() {
        tenant.autoCreateGroups(false);
        tenant.maxApiKeyExpiry(Duration.ofHours(2));

        JsonNode report = setUp(Map.of());

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(remedy(report, "groups")).contains("Creation of groups");
        assertThat(detail(report, "api-keys")).contains("PT2H", "5", "cut");
        assertThat(remedy(report, "api-keys")).contains("apiKeyExpiry");
        assertThat(connection().path("effectiveApiKeyExpiry").asString()).isEqualTo("PT2H");
        assertThat(tenant.calls().stream().map(Call::method)).doesNotContain("PATCH", "PUT");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void setupWhenSettingsAreNotShownGoesOn(int status) {
        tenant.before(request -> request.getUrl().startsWith("/api/v1/groups/settings")
                        || request.getUrl().startsWith("/api/v1/api-keys/configs/")
                ? Optional.of(Faults.error(status, "X-1", "Not for you."))
                : Optional.empty());

        JsonNode report = setUp(Map.of());

        assertThat(report.path("passed").asBoolean()).as("%s", report).isTrue();
        assertThat(detail(report, "groups")).contains("does not say");
        assertThat(detail(report, "api-keys")).contains("unknown");
    }

    @Test
    void apiKeysWhenAUserMayHaveOneAloneFail() {
        tenant.maxKeysPerUser(1);

        JsonNode report = setUp(Map.of());

        assertFailedAt(report, "api-keys");
        assertThat(detail(report, "api-keys")).contains("needs 2");
        assertThat(tenant.identityProviders()).isEqualTo(1);
    }

    @Test
    void setupsAtOnceOnSeveralReplicasMakeNothingTwice() throws Exception {
        tenant.after((request, answer) ->
                request.getUrl().startsWith(PROVIDERS) ? Faults.late(answer, Duration.ofMillis(300)) : answer);
        List<Product> replicas = Product.replicas();
        Product first = replicas.getFirst();
        first.put("/api/v1/connections/" + main, body(Map.of())).expect(201);
        first.signingCertificate(main);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> reports = replicas.stream()
                    .map(replica -> threads.submit(() -> replica.post(
                                    path(main), request(Map.of("apiKey", tenant.adminToken()), Map.of()))
                            .expect(200)
                            .json()))
                    .toList();

            int made = 0;
            for (Future<JsonNode> report : reports) {
                assertThat(report.get().path("passed").asBoolean())
                        .as("%s", report.get())
                        .isTrue();
                made += status(report.get(), "identity-provider").equals("made") ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        }
        assertThat(tenant.identityProviders()).isEqualTo(1);
        assertThat(tenant.webIntegrations()).isEqualTo(1);
    }

    static Stream<String> wrongBodies() {
        return Stream.of(
                "{}",
                "{\"authorization\": \"s3cr3t-of-nobody\"}",
                "{\"authorization\": {}}",
                "{\"authorization\": {\"clientId\": \"c\"}}",
                "{\"authorization\": {\"apiKey\": \"s3cr3t of nobody\"}}",
                "{\"authorization\": {\"apiKey\": \"k\", \"clientId\": \"c\", \"clientSecret\": \"s3cr3t\"}}",
                "{\"authorization\": {\"apiKey\": \"k\", \"password\": \"s3cr3t\"}}",
                "{\"authorization\": {\"apiKey\": 7}}",
                "{\"authorization\": {\"apiKey\": \"k\"}, \"dryRun\": \"yes\"}",
                "{\"authorization\": {\"apiKey\": \"k\"}, \"s\": true}",
                "[]",
                "");
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void setupWhenBodyIsWrongSaysWhereAndRepeatsNothing(String body) {
        Product.Answer answer = bridge.send("POST", path(main), body, bridge.adminToken());

        answer.expectProblem(400, "invalid-request");
        assertThat(answer.text()).doesNotContain("s3cr3t");
        if (body.contains("password")) {
            assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("#/authorization/password");
        }
        assertThat(tenant.calls()).isEmpty();
    }

    @Test
    void setupOfAnotherKindOfConnectionIsAnInvalidRequest() {
        String plant = Product.name("plant");
        bridge.put(
                        "/api/v1/connections/" + plant,
                        Map.of(
                                "type",
                                "qlik-sense",
                                "host",
                                "https://127.0.0.1",
                                "signIn",
                                "certificates",
                                "userDirectory",
                                "LAB"))
                .expect(201);

        Product.Answer answer = bridge.post(path(plant), request(Map.of("apiKey", "k"), Map.of()))
                .expectProblem(400, "invalid-request");

        assertThat(answer.detail()).contains("qlik-sense");
    }

    @Test
    void deletingTheConnectionTellsWhatStaysAtTheTenant(LogLines log) {
        JsonNode report = setUp(Map.of());

        Product.Answer gone =
                bridge.delete("/api/v1/connections/" + main + "?revoke=true").expect(204);

        assertThat(gone.response().headers().allValues("Link"))
                .containsExactly(
                        "<" + tenant.url() + "/api/v1/identity-providers>; rel=\"related\"",
                        "<" + tenant.url() + "/api/v1/web-integrations/" + id(report, "web-integration")
                                + ">; rel=\"related\"");
        assertThat(log.all()).contains("the identity provider with the issuer " + issuer() + " and the key id " + main);
        assertThat(tenant.identityProviders()).isEqualTo(1);
    }

    @Test
    void setupIsForAdminsAlone() {
        String client = bridge.client(new String[] {"bridge.apps", "bridge.tokens"}, "*");

        bridge.send("POST", path(main), "{\"authorization\": {\"apiKey\": \"k\"}}", client)
                .expectProblem(403, "forbidden");
    }

    @Test
    void setupIsAuditedWithoutTheCredential() {
        JsonNode report = setUp(Map.of());

        JsonNode entry = bridge.get("/api/v1/audit?action=connection.setup&connection=" + main)
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(entry.path("outcome").asString()).isEqualTo("success");
        assertThat(entry.at("/details/made/identity-provider").asString()).isEqualTo(id(report, "identity-provider"));
        assertThat(entry.toString()).doesNotContain(tenant.adminToken());

        tenant.close();
        setUp(Map.of());
        JsonNode failed = bridge.get("/api/v1/audit?action=connection.setup&limit=1&connection=" + main)
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(failed.path("outcome").asString()).isEqualTo("failure");
        assertThat(failed.at("/details/failed/0").asString()).isEqualTo("administrator");
    }

    private JsonNode setUp(Map<String, Object> more) {
        return setUpWith(Map.of("apiKey", tenant.adminToken()), more);
    }

    private JsonNode setUpWith(Map<String, String> authorization, Map<String, Object> more) {
        Product.Answer answer =
                bridge.post(path(main), request(authorization, more)).expect(200);
        assertThat(statuses(answer.json()).keySet()).containsExactlyElementsOf(STEPS);
        authorization.forEach((name, value) -> {
            if (!name.equals("clientId")) {
                assertThat(answer.text()).doesNotContain(value);
            }
        });
        return answer.json();
    }

    private static Map<String, Object> request(Map<String, String> authorization, Map<String, Object> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("authorization", authorization);
        return request;
    }

    private static String path(String connection) {
        return "/api/v1/connections/" + connection + "/setup";
    }

    private void connect(Map<String, Object> more) {
        bridge.put("/api/v1/connections/" + main, body(more));
    }

    private void connectWithout(String property) {
        Map<String, Object> body = body(Map.of());
        body.remove(property);
        bridge.put("/api/v1/connections/" + main, body).expect(200);
    }

    private Map<String, Object> body(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "type",
                "qlik-cloud",
                "host",
                tenant.url(),
                "issuer",
                issuer(),
                "origin",
                ORIGIN,
                "apiKeyExpiry",
                "PT24H"));
        body.putAll(more);
        return body;
    }

    private String issuer() {
        return Product.ISSUER + "/" + main;
    }

    private JsonNode connection() {
        return bridge.get("/api/v1/connections/" + main).expect(200).json();
    }

    private String strangersCertificate() {
        String keys = "/api/v1/connections/" + main + "/signing-keys";
        bridge.post(keys, Map.of("kid", "stranger", "generate", Map.of("bits", 2048)))
                .expect(201);
        return bridge.get(keys + "/stranger/certificate").expect(200).text();
    }

    private List<Call> posts(String path) {
        return tenant.calls(path).stream()
                .filter(call -> call.method().equals("POST"))
                .toList();
    }

    private int loginsAsNobody() {
        return posts("/login").size();
    }

    private static void assertFailedAt(JsonNode report, String failed) {
        assertThat(report.path("passed").asBoolean()).as("%s", report).isFalse();
        int at = STEPS.indexOf(failed);
        assertThat(status(report, failed)).as("%s", report).isEqualTo("failed");
        for (String behind : STEPS.subList(at + 1, STEPS.size())) {
            assertThat(status(report, behind)).as("%s of %s", behind, report).isEqualTo("skipped");
            assertThat(detail(report, behind)).contains(failed);
        }
    }

    private static Map<String, String> statuses(JsonNode report) {
        Map<String, String> statuses = new LinkedHashMap<>();
        report.path("steps")
                .forEach(step -> statuses.put(
                        step.path("name").asString(), step.path("status").asString()));
        return statuses;
    }

    private static JsonNode step(JsonNode report, String name) {
        return report.path("steps")
                .valueStream()
                .filter(step -> step.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String status(JsonNode report, String name) {
        return step(report, name).path("status").asString();
    }

    private static String detail(JsonNode report, String name) {
        return step(report, name).path("detail").asString();
    }

    private static String remedy(JsonNode report, String name) {
        return step(report, name).path("remedy").asString("");
    }

    private static String id(JsonNode report, String name) {
        return step(report, name).path("id").asString("");
    }
}
