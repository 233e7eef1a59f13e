package io.qlikbridge.consoleclients;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secret of the first start, in the console. */
class FirstSecretTests {

    private static final String PAGE = "/console/first-secret";

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = new ConsoleBrowser(bridge.url());
    private final String id = Product.name("first");
    private String secret;

    @BeforeEach
    void makeClient() {
        secret = bridge.post("/api/v1/clients", Map.of("clientId", id, "scopes", List.of("bridge.admin")))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        bridge.bean(JdbcClient.class)
                .sql("update oauth2_registered_client set first_secret = true where client_id = :id")
                .param("id", id)
                .update();
    }

    @Test
    void signingInLeadsToThePageThatRenewsItAndNowhereElse() {
        ConsolePage page = browser.signIn(id, secret);

        assertThat(page.expect(200).path()).isEqualTo(PAGE);
        assertThat(page.document().select("h1").text()).isEqualTo("Renew the first secret");
        for (String other : List.of("/console/clients", "/console/credentials", "/console/clients/" + id + "/secret")) {
            assertThat(browser.page(other).path()).isEqualTo(PAGE);
        }
    }

    @Test
    void renewingShowsTheNewSecretOnceAndLeadsToSigningInWithIt() {
        ConsolePage page = browser.signIn(id, secret);

        ConsolePage renewed = browser.submit(page, "Renew secret", Map.of()).expect(200);

        String next = renewed.document().select(".once code").text();
        assertThat(next).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(secret);
        assertThat(renewed.header("Cache-Control")).contains("no-store");
        assertThat(renewed.document().select(".once button[data-copy]").text()).isEqualTo("Copy");
        ConsolePage signIn = browser.follow(renewed, "Sign in");
        assertThat(browser.submit(signIn, "Sign in", Map.of("clientId", id, "clientSecret", next))
                        .path())
                .startsWith("/console/overview");
        assertThat(new ConsoleBrowser(bridge.url()).signIn(id, secret).text())
                .contains("The client ID or the client secret is wrong");
    }

    @Test
    void renewingWhenTheFormIsSentAgainRenewsNothing() {
        ConsolePage page = browser.signIn(id, secret);
        String next = browser.submit(page, "Renew secret", Map.of())
                .document()
                .select(".once code")
                .text();

        ConsolePage again = browser.submit(page, "Renew secret", Map.of());

        assertThat(again.path()).startsWith("/console/sign-in");
        assertThat(again.html()).doesNotContain(next, "class=\"once\"");
        bridge.accessToken(id, next, null);
    }

    @Test
    void pageIsForNobodyElse() {
        ConsoleBrowser other = ConsoleBrowser.ofAdmin();

        assertThat(other.page(PAGE).path()).isEqualTo("/console/overview");
        assertThat(other.page("/console/clients/" + id).text()).contains("First secret To be renewed");
    }
}
