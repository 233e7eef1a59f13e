package io.qlikbridge.consoleclients;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients in the console. */
class ClientPagesTests {

    private static final String CLIENTS = "/console/clients";
    private static final String NEW = CLIENTS + "/new";

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
    private SimulatedTenant tenant;
    private String main;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void newClientIsMadeAndItsSecretShownThisOnce() {
        String id = Product.name("client");
        ConsolePage form = browser.follow(browser.page(CLIENTS).expect(200), "New client");

        ConsolePage made = browser.submit(
                form,
                "Save",
                Map.of(
                        "clientId",
                        id,
                        "scopes",
                        "bridge.apps\nbridge.tokens",
                        "users",
                        "ada\ngroup:Finance\n\n",
                        "connections",
                        main));

        made.expect(200);
        String secret = secret(made);
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(made.path()).isEqualTo(NEW);
        assertThat(made.document().select(".once button[data-copy]").text()).isEqualTo("Copy");
        JsonNode client = bridge.get("/api/v1/clients/" + id).expect(200).json();
        assertThat(client.path("scopes").toString()).isEqualTo("[\"bridge.apps\",\"bridge.tokens\"]");
        assertThat(client.path("users").toString()).isEqualTo("[\"ada\",\"group:Finance\"]");
        assertThat(client.path("connections").toString()).isEqualTo("[\"" + main + "\"]");
        bridge.accessToken(id, secret, null);
        for (String page : List.of(CLIENTS, NEW, CLIENTS + "/" + id, CLIENTS + "/" + id + "/secret")) {
            assertThat(browser.page(page).expect(200).html()).doesNotContain(secret);
        }
    }

    @Test
    void newClientWhenTheFormIsSentAgainShowsNoSecretAndMakesNone() {
        String id = Product.name("client");
        ConsolePage form = browser.page(NEW);
        Map<String, String> typed = Map.of("clientId", id, "scopes", "bridge.apps", "users", "*");
        String secret = secret(browser.submit(form, "Save", typed));

        ConsolePage again = browser.submit(form, "Save", typed);

        again.expect(200);
        assertThat(again.errorAt("clientId")).contains(id, "already");
        assertThat(again.html()).doesNotContain(secret, "class=\"once\"");
        bridge.accessToken(id, secret, null);
    }

    @Test
    void newClientIsForAllConnectionsUnlessSomeAreChosen() {
        String id = Product.name("client");

        browser.submit(browser.page(NEW), "Save", Map.of("clientId", id, "scopes", "bridge.apps"))
                .expect(200);

        assertThat(connections(id)).isEqualTo("[\"*\"]");
        String limited = Product.name("client");
        browser.submit(
                        browser.page(NEW),
                        "Save",
                        Map.of("clientId", limited, "scopes", "bridge.apps", "connections", "*\n" + main))
                .expect(200);
        assertThat(connections(limited)).isEqualTo("[\"" + main + "\"]");
    }

    @Test
    void newClientWhenNothingIsChosenIsRefusedAtEachField() {
        ConsolePage refused =
                browser.submit(browser.page(NEW), "Save", Map.of("scopes", "", "connections", "", "users", "ada"));

        refused.expect(200);
        assertThat(refused.errorAt("clientId")).contains("1 to 100");
        assertThat(refused.errorAt("scopes")).contains("bridge.admin");
        assertThat(refused.errorAt("connections")).startsWith("Choose all connections");
        assertThat(refused.control("Users").wholeText()).isEqualTo("ada");
        assertThat(refused.document().select("[role=alert]").text()).isNotEmpty();
        assertThat(refused.control("Client ID").attr("aria-describedby")).contains("e-clientId");
    }

    @Test
    void newClientWhenUsersAreNotSaysInWhichLineAndLosesNothing() {
        String hidden = "ada\u200b";
        String users = "  ada  \r\ngroup:\r\n\r\n" + hidden + "\r\n<img src=x onerror=alert(1)>\r\nد\u200eر";

        ConsolePage refused = browser.submit(
                browser.page(NEW),
                "Save",
                Map.of("clientId", "<script>\"'&", "scopes", "bridge.admin", "users", users, "connections", main));

        refused.expect(200);
        assertThat(refused.errorAt("users"))
                .contains("Line 2:", "Line 4:", "U+200B", "Line 6:", "U+200E")
                .doesNotContain("Line 1:", "Line 3:", "Line 5:");
        assertThat(refused.control("Client ID").attr("value")).isEqualTo("<script>\"'&");
        assertThat(refused.control("Users").wholeText()).isEqualToNormalizingNewlines(users);
        assertThat(refused.control("bridge.admin").hasAttr("checked")).isTrue();
        assertThat(refused.control("bridge.apps").hasAttr("checked")).isFalse();
        assertThat(refused.control(main).hasAttr("checked")).isTrue();
        assertThat(refused.control("All connections").hasAttr("checked")).isFalse();
        assertThat(refused.html()).doesNotContain("<script>\"", "<img src=x");
    }

    @Test
    void newClientWhenAChosenConnectionIsGoneSaysWhich() {
        ConsolePage form = browser.page(NEW);
        bridge.delete("/api/v1/connections/" + main).expect(204);

        ConsolePage refused = browser.submit(
                form, "Save", Map.of("clientId", Product.name("client"), "scopes", "bridge.apps", "connections", main));

        refused.expect(200);
        assertThat(refused.errorAt("connections")).contains(main);
        assertThat(refused.control(main).hasAttr("checked")).isTrue();
        main = bridge.connectTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientId=a&clientId=b&scopes=bridge.apps&connections=*&scopes=bridge.nothing",
                "clientId=..&scopes=bridge.apps&connections=*",
                "clientId=%00&scopes=bridge.apps&connections=*",
                "clientId=%F0%9F%8C%8A&scopes=bridge.apps&connections=*",
                "clientId=c&scopes=bridge.apps&connections=%27%20or%201=1--",
                "clientId=c&scopes=bridge.apps&connections=*&users=%00",
                "scopes[300]=bridge.apps",
                "",
            })
    void newClientWhenTheFormIsNobodysIsRefused(String body) {
        ConsolePage form = browser.page(NEW);

        ConsolePage refused = browser.send(post(form, NEW, body));

        refused.expect(200);
        assertThat(refused.html()).doesNotContain("class=\"once\"");
        assertThat(refused.document().select("[role=alert]")).isNotEmpty();
    }

    @Test
    void usersThatLookLikeMarkupAreShownAsTheyAre() {
        String id = Product.name("client");
        String name = "group:<img src=x onerror=alert(1)> \"'&amp; 🌊";

        browser.submit(browser.page(NEW), "Save", Map.of("clientId", id, "scopes", "bridge.apps", "users", name))
                .expect(200);

        ConsolePage page = browser.page(CLIENTS + "/" + id).expect(200);
        assertThat(page.text()).contains(name);
        assertThat(page.document().select("main img")).isEmpty();
    }

    @Test
    void listShowsTheFirstFewOfManyUsers() {
        String id = Product.name("many");
        browser.submit(
                        browser.page(NEW),
                        "Save",
                        Map.of("clientId", id, "scopes", "bridge.apps", "users", "a\nb\nc\nd\ne\nf\ng"))
                .expect(200);

        assertThat(row(id).text())
                .contains("a b c d e and 2 more", "All connections")
                .doesNotContain("To be renewed");
        assertThat(browser.page(CLIENTS).document().select(".empty")).isEmpty();
        assertThat(browser.page(CLIENTS + "/" + id).text()).contains("f g");
    }

    @Test
    void clientOfTheNameOfAFormHasItsPages() {
        bridge.post("/api/v1/clients", Map.of("clientId", "new", "scopes", List.of("bridge.apps")))
                .expect(201);

        ConsolePage page = browser.page(CLIENTS + "/new/about").expect(200);

        assertThat(page.document().select("h1").text()).isEqualTo("new");
        assertThat(row("new").select("a").attr("href")).endsWith("/new/about");
        browser.submit(browser.submit(page, "Delete", Map.of()), "Delete", Map.of())
                .expect(200);
        bridge.get("/api/v1/clients/new").expectProblem(404, "client-not-found");
    }

    @Test
    void renewingAsksOnceAndShowsTheNewSecretThisOnce() {
        String id = client();
        ConsolePage ask = browser.submit(browser.page(CLIENTS + "/" + id), "Renew secret", Map.of());
        assertThat(ask.text()).contains("Renew the secret of " + id).doesNotContain("Revoke what it was handed");

        ConsolePage renewed = browser.submit(ask, "Renew secret", Map.of());

        String secret = secret(renewed.expect(200));
        assertThat(renewed.header("Cache-Control")).contains("no-store");
        assertThat(renewed.path()).doesNotContain(secret);
        bridge.accessToken(id, secret, null);
        ConsolePage again = browser.submit(ask, "Renew secret", Map.of()).expect(200);
        assertThat(again.text()).contains("was renewed since");
        assertThat(again.html()).doesNotContain(secret, "class=\"once\"");
        bridge.accessToken(id, secret, null);
        ConsolePage reloaded = browser.page(renewed.path()).expect(200);
        assertThat(reloaded.html()).doesNotContain(secret);
        assertThat(reloaded.text()).contains("Renew the secret of " + id);
    }

    @Test
    void renewingWithoutTheMarkOfTheFormIsRefused() {
        String id = client();
        ConsolePage ask = browser.page(CLIENTS + "/" + id + "/secret");

        browser.send(post(ask, CLIENTS + "/" + id + "/secret", "")).expect(200);
        browser.send(post(ask, CLIENTS + "/" + id + "/secret", "mark=%00&mark=b"))
                .expect(200);
        browser.send(post(ask, CLIENTS + "/" + id + "/secret", "revoke=perhaps"))
                .expect(400);
    }

    @Test
    void renewingWhenTheOperatorSetTheSecretIsRefusedAsByTheApi() {
        ConsolePage refused = browser.submit(browser.page(CLIENTS + "/admin/secret"), "Renew secret", Map.of());

        refused.expect(200);
        assertThat(refused.text()).contains("bridge.access.admin-secret");
    }

    @Test
    void renewingAndDeletingRevokeWhatTheClientWasHandedWhereThatIsWanted() {
        String ada = bridge.user(main, "hr|4711");
        String id = Product.name("client");
        String secret = secret(browser.submit(
                browser.page(NEW), "Save", Map.of("clientId", id, "scopes", "bridge.tokens", "users", "*")));
        hand(id, secret, ada);
        ConsolePage ask = browser.page(CLIENTS + "/" + id + "/secret");
        assertThat(ask.text()).contains("one credential that is still good");

        secret = secret(browser.submit(ask, "Renew secret", Map.of()).expect(200));
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        secret = secret(
                browser.submit(browser.page(CLIENTS + "/" + id + "/secret"), "Renew secret", Map.of("revoke", "true"))
                        .expect(200));
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();

        hand(id, secret, ada);
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        ConsolePage deleted =
                browser.submit(browser.page(CLIENTS + "/" + id + "/delete"), "Delete", Map.of("revoke", "true"));
        assertThat(deleted.expect(200).text()).contains("The client is deleted.");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void deletingAsksOnce() {
        String id = client();

        ConsolePage ask = browser.submit(browser.page(CLIENTS + "/" + id), "Delete", Map.of());

        bridge.get("/api/v1/clients/" + id).expect(200);
        ConsolePage deleted = browser.submit(ask, "Delete", Map.of());
        assertThat(deleted.expect(200).path()).isEqualTo(CLIENTS + "?done=clients-deleted");
        bridge.get("/api/v1/clients/" + id).expectProblem(404, "client-not-found");
        browser.submit(ask, "Delete", Map.of()).expect(404);
        JsonNode audited = bridge.get("/api/v1/audit?action=client.delete&actor=client:admin&limit=200")
                .expect(200)
                .json()
                .path("items");
        assertThat(audited.toString()).contains(id);
    }

    @Test
    void sessionOfAClientEndsWithItsSecretAndItsPageSaysSo() {
        String id = Product.name("admin");
        String before = secret(browser.submit(
                browser.page(NEW), "Save", Map.of("clientId", id, "scopes", "bridge.admin", "users", "*")));
        ConsoleBrowser own = ConsoleBrowser.signedIn(bridge.url(), id, before);
        ConsolePage ask = own.page(CLIENTS + "/" + id + "/secret");
        assertThat(ask.text()).contains("You have signed in with this client");

        ConsolePage renewed = own.submit(ask, "Renew secret", Map.of()).expect(200);

        String secret = secret(renewed);
        ConsolePage signIn = own.follow(renewed, "Sign in");
        assertThat(signIn.path()).startsWith("/console/sign-in");
        assertThat(own.submit(ask, "Renew secret", Map.of()).path()).startsWith("/console/sign-in");
        ConsoleBrowser anew = ConsoleBrowser.signedIn(bridge.url(), id, secret);
        ConsolePage gone = anew.submit(anew.page(CLIENTS + "/" + id + "/delete"), "Delete", Map.of());
        assertThat(gone.path()).startsWith("/console/sign-in");
        bridge.get("/api/v1/clients/" + id).expectProblem(404, "client-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%3Cimg%20src=x%3E", "a%20b", "%F0%9F%8C%8A"})
    void pageOfAClientThatIsNotThereSaysSo(String id) {
        for (String page : List.of("", "/secret", "/delete")) {
            ConsolePage none = browser.page(CLIENTS + "/" + id + page).expect(404);
            assertThat(none.document().select("main img")).isEmpty();
        }
    }

    @Test
    void cursorThatIsNotOursIsRefused() {
        browser.page(CLIENTS + "?after=%F0%9F%8C%8A").expect(400);
    }

    @Test
    void pagesHaveOneHeadingAndTablesWithACaption() {
        String id = client();
        for (String page : List.of("", "/new", "/" + id, "/" + id + "/secret", "/" + id + "/delete")) {
            ConsolePage shown = browser.page(CLIENTS + page).expect(200);
            assertThat(shown.document().select("h1")).as(page).hasSize(1);
            assertThat(shown.document().select("table:not(:has(caption)), th:not([scope])"))
                    .isEmpty();
            assertThat(shown.document().select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        }
    }

    private String client() {
        String id = Product.name("client");
        bridge.post("/api/v1/clients", Map.of("clientId", id, "scopes", List.of("bridge.apps")))
                .expect(201);
        return id;
    }

    private void hand(String client, String secret, String user) {
        String token = bridge.accessToken(client, secret, null);
        bridge.send("POST", "/api/v1/connections/" + main + "/token", "{\"user\": \"" + user + "\"}", token)
                .expect(200);
    }

    private String connections(String client) {
        return bridge.get("/api/v1/clients/" + client)
                .expect(200)
                .json()
                .path("connections")
                .toString();
    }

    private static String secret(ConsolePage page) {
        String secret = page.document().select(".once code").text();
        assertThat(secret).as(page.text()).matches("[A-Za-z0-9_-]{43}");
        return secret;
    }

    /** The row of the list that has this client, on whichever page. */
    private Element row(String id) {
        ConsolePage page = browser.page(CLIENTS).expect(200);
        while (true) {
            Element row = page.document().select("tbody tr").stream()
                    .filter(each -> each.select("a").first().text().equals(id))
                    .findFirst()
                    .orElse(null);
            if (row != null) {
                return row;
            }
            page = browser.follow(page, "Next").expect(200);
        }
    }

    private HttpRequest.Builder post(ConsolePage form, String path, String body) {
        String csrf = form.document().select("main input[name=_csrf]").attr("value");
        assertThat(csrf).isNotEmpty();
        return HttpRequest.newBuilder(browser.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", bridge.url())
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + Product.encoded(csrf) + "&" + body));
    }
}
