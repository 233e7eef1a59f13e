package io.qlikbridge.consolecloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OAuthClientConsoleTests {

    private static final String KEEP = "Keep OAuth client";

    private static final Product bridge = Product.shared();
    private static final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

    private final String connection = impersonating("oauth-impersonation");

    @Test
    void clientIsKeptAndItsSecretNeverShown(LogLines lines) {
        assertThat(page().text()).contains("Give the bridge the OAuth client");

        ConsolePage kept = browser.submit(
                page(), KEEP, Map.of("oauth.clientId", " bridge ", "oauth.clientSecret", "the-secret-of-the-client"));

        assertThat(kept.expect(200).text())
                .contains("The OAuth client is kept.")
                .contains("A secret");
        assertThat(kept.html()).doesNotContain("the-secret-of-the-client");
        assertThat(kept.control("OAuth client ID").val()).isEqualTo("bridge");
        assertThat(api().text()).contains("\"bridge\"").contains("client-secret");
        assertThat(lines.all()).doesNotContain("the-secret-of-the-client");
    }

    @Test
    void clientMayAuthenticateWithTheConnectionsKey() {
        ConsolePage kept = browser.submit(
                page(),
                KEEP,
                Map.of(
                        "oauth.clientId", "bridge",
                        "oauth.authentication", "private-key-jwt",
                        "oauth.clientSecret", "of no use"));

        assertThat(kept.expect(200).text()).contains("A JWT, signed with the connection's key");
        assertThat(api().text()).contains("private-key-jwt");
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndTheSecretIsNotShownAgain() {
        ConsolePage refused = browser.submit(
                        page(),
                        KEEP,
                        Map.of("oauth.clientId", "<b>two words</b>", "oauth.clientSecret", "two words of a secret"))
                .expect(200);

        assertThat(refused.errorAt("oauth.clientId")).contains("without blanks");
        assertThat(refused.errorAt("oauth.clientSecret")).contains("without blanks");
        assertThat(refused.control("OAuth client ID").val()).isEqualTo("<b>two words</b>");
        assertThat(refused.html()).doesNotContain("two words of a secret").doesNotContain("<b>two");
        assertThat(refused.document().select("[role=alert]")).hasSize(1);
    }

    @Test
    void secretIsNeededWhereTheClientHasOne() {
        ConsolePage refused =
                browser.submit(page(), KEEP, Map.of("oauth.clientId", "bridge")).expect(200);
        assertThat(refused.errorAt("oauth.clientSecret")).isNotEmpty();
    }

    @Test
    void clientIsDeletedAfterItWasAsked() {
        ConsolePage kept =
                browser.submit(page(), KEEP, Map.of("oauth.clientId", "bridge", "oauth.clientSecret", "the-secret"));

        ConsolePage gone = browser.submit(kept, "Delete OAuth client", Map.of()).expect(200);

        assertThat(gone.text()).contains("The OAuth client is deleted.");
        api().expectProblem(409, "oauth-client-missing");
        assertThat(browser.submit(kept, "Delete OAuth client", Map.of())
                        .expect(200)
                        .text())
                .contains("has no OAuth client yet");
    }

    @Test
    void clientOfAnotherHostIsStillToBeDone() {
        browser.submit(page(), KEEP, Map.of("oauth.clientId", "bridge", "oauth.clientSecret", "the-secret"));

        ConsolePage moved = browser.submit(page(), "Save", Map.of("host", "https://moved.eu.qlikcloud.com"))
                .expect(200);

        assertThat(moved.text())
                .contains("was given for another tenant address")
                .contains("Give the bridge");
    }

    @Test
    void connectionThatSignsInByAssertionsHasNoPanel() {
        String other = impersonating("jwt");
        assertThat(browser.page("/console/connections/" + other)
                        .expect(200)
                        .document()
                        .select("#oauth-client"))
                .isEmpty();
    }

    private ConsolePage page() {
        return browser.page("/console/connections/" + connection).expect(200);
    }

    private Product.Answer api() {
        return bridge.get("/api/v1/connections/" + connection + "/oauth-client");
    }

    private static String impersonating(String signIn) {
        String name = Product.name("oauth");
        Map<String, Object> body = new HashMap<>(Map.of(
                "type", "qlik-cloud", "host", "https://tenant.eu.qlikcloud.com", "signIn", signIn, "issuer", "bridge"));
        bridge.put("/api/v1/connections/" + name, body).expect(201);
        return name;
    }
}
