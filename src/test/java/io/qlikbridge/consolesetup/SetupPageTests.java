package io.qlikbridge.consolesetup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setting up of a tenant in the console. */
class SetupPageTests {

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
    private SimulatedTenant tenant;
    private String main;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        tenant.apps("hr|4711", App.of("Sales report"));
        main = Product.name("main");
        bridge.put(
                        "/api/v1/connections/" + main,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER + "/" + main))
                .expect(201);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void setupWithoutAKeySaysWhatToDoFirst() {
        ConsolePage page = page();

        assertThat(page.document().getElementById("tenant-setup").text())
                .contains("Generate or upload a signing key first");
        assertThat(page.document().select("#tenant-setup form")).isEmpty();
    }

    @Test
    void dryRunTellsWhatWouldBeMadeAndASetupMakesIt(LogLines log) {
        bridge.signingCertificate(main);
        String key = tenant.adminApiKey();

        ConsolePage dry =
                browser.submit(page(), "Dry run", Map.of("setup-api-key", key)).expect(200);

        assertThat(dry.document().select("h1").text()).isEqualTo("Dry run for the tenant of " + main);
        assertThat(dry.document().select("#setup-result [role=status]").text()).contains("Nothing was changed");
        assertThat(dry.document().select("li[data-step=identity-provider]").text())
                .contains("identity provider");
        assertThat(tenant.identityProviders()).isZero();
        assertThat(dry.html()).doesNotContain(key);

        ConsolePage made =
                browser.submit(dry, "Set up", Map.of("setup-api-key", key)).expect(200);

        assertThat(made.document().select("[role=status]").text()).isEqualTo("The tenant is set up.");
        assertThat(made.document()
                        .select("li[data-step=identity-provider] .badge")
                        .text())
                .isEqualTo("Made");
        assertThat(tenant.identityProviders()).isEqualTo(1);
        assertThat(made.html()).doesNotContain(key);
        assertThat(log.all()).doesNotContain(key);
        assertThat(made.document().select("h2").eachText()).contains("Test the connection with a user");
        String ada = bridge.user(main, "hr|4711");
        assertThat(browser.submit(made, "Test connection", Map.of("test-user", ada))
                        .text())
                .contains("All checks passed");
        assertThat(page().document().select("ol.checklist").text()).contains("The tenant trusts the active key");
    }

    @Test
    void setupByAnOAuthClientNeedsIdAndSecret() {
        bridge.signingCertificate(main);
        tenant.oauth().client(OAuthClient.administrator("setup-client", "the-secret-of-the-client"));

        ConsolePage half = browser.submit(page(), "Dry run", Map.of("setup-client-id", "setup-client"))
                .expect(200);
        assertThat(half.errorAt("setup-client-secret")).isNotEmpty();
        assertThat(half.control("OAuth client").attr("value")).isEqualTo("setup-client");

        ConsolePage done = browser.submit(
                        half,
                        "Set up",
                        Map.of("setup-client-id", "setup-client", "setup-client-secret", "the-secret-of-the-client"))
                .expect(200);
        assertThat(done.document().select("[role=status]").text()).isEqualTo("The tenant is set up.");
        assertThat(done.html()).doesNotContain("the-secret-of-the-client");
    }

    @Test
    void setupForAStagedKeyLeavesTheActiveOne() {
        bridge.signingCertificate(main);
        bridge.post(
                        "/api/v1/connections/" + main + "/signing-keys",
                        Map.of("generate", Map.of("bits", 2048), "kid", "next"))
                .expect(201);

        ConsolePage done = browser.submit(
                        page(), "Set up", Map.of("setup-api-key", tenant.adminApiKey(), "setup-kid", "next"))
                .expect(200);

        assertThat(done.document()
                        .select("li[data-step=identity-provider] .badge")
                        .text())
                .isEqualTo("Made");
        assertThat(tenant.identityProviderOf("next")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', setup-api-key",
        "<img src=x onerror=alert(1)>\u202E \uD83D\uDE00, '', '', setup-api-key",
        "s3cr3t of nobody, '', '', setup-api-key",
    })
    void credentialThatCannotBeIsRefusedAtItsFieldAndNotRepeated(
            String apiKey, String clientId, String clientSecret, String field) {
        bridge.signingCertificate(main);

        ConsolePage page = browser.submit(
                        page(),
                        "Dry run",
                        Map.of(
                                "setup-api-key",
                                apiKey,
                                "setup-client-id",
                                clientId,
                                "setup-client-secret",
                                clientSecret))
                .expect(200);

        assertThat(page.errorAt(field)).isNotEmpty();
        assertThat(page.document().select("main img")).isEmpty();
        if (!apiKey.isEmpty()) {
            assertThat(page.text()).doesNotContain(apiKey);
        }
        assertThat(tenant.calls()).isEmpty();
    }

    @Test
    void scriptIsToldWhereARefusalGoes() {
        bridge.signingCertificate(main);

        ConsolePage page =
                browser.submit(page(), "Dry run", Map.of("setup-api-key", "")).expect(200);

        assertThat(page.header("HX-Retarget")).isEqualTo("#tenant-setup");
        // what a dry run finds; a setup changes the page, and has one of its own
        assertThat(page.document().select("#tenant-setup [hx-target]").eachText())
                .containsExactly("Dry run");
        assertThat(page.document().select("#tenant-setup [hx-target]").attr("hx-target"))
                .isEqualTo("#setup-outcome");
        assertThat(page.document().select("#setup-outcome")).hasSize(1);
    }

    @Test
    void credentialsOfBothKindsAreRefused() {
        bridge.signingCertificate(main);

        ConsolePage page = browser.submit(
                        page(),
                        "Set up",
                        Map.of(
                                "setup-api-key",
                                "s3cr3t-key",
                                "setup-client-id",
                                "c",
                                "setup-client-secret",
                                "s3cr3t-too"))
                .expect(200);

        assertThat(page.document().select("#tenant-setup .error").eachText()).isNotEmpty();
        assertThat(page.html()).doesNotContain("s3cr3t");
        assertThat(tenant.identityProviders()).isZero();
    }

    @Test
    void credentialThatIsNotGoodFailsAtItsFirstStep() {
        bridge.signingCertificate(main);

        ConsolePage page = browser.submit(page(), "Set up", Map.of("setup-api-key", "not-a-good-one"))
                .expect(200);

        assertThat(page.document().select("[role=status]").text()).contains("A step failed");
        assertThat(page.document().select("li[data-step=administrator]").text()).contains("Failed", "What to do:");
        assertThat(page.html()).doesNotContain("not-a-good-one");
    }

    @Test
    void addressOfAResultLeadsBackToTheConnection() {
        assertThat(browser.page("/console/connections/" + main + "/setup")
                        .expect(200)
                        .path())
                .isEqualTo("/console/connections/" + main);
    }

    private ConsolePage page() {
        return browser.page("/console/connections/" + main).expect(200);
    }
}
