package io.qlikbridge.consoleconnections;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConnectionsConsoleTests {

    private static final String ALL = "/console/connections";
    private static final String NEW = ALL + "/new";
    private static final String HOST = "https://tenant.eu.qlikcloud.com";

    private static final Product bridge = Product.shared();
    private static final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

    // among the first of the list, however many others there are
    private final String id = Product.name("0-shown");

    @Test
    void newConnectionNeedsNameAndAddressAlone() {
        ConsolePage made = make(Map.of("name", id, "host", "tenant.eu.qlikcloud.com"));

        assertThat(made.path()).isEqualTo(ALL + "/" + id + "?done=connections-made");
        assertThat(made.text()).contains("The connection is there.").contains(HOST);
        JsonNode kept = kept();
        assertThat(kept.path("type").asString()).isEqualTo("qlik-cloud");
        assertThat(kept.path("host").asString()).isEqualTo(HOST);
        assertThat(kept.path("issuer").asString()).isEqualTo(bridge.url());
        assertThat(kept.path("origin").isNull()).isTrue();
        assertThat(kept.path("apiKeyExpiry").asString()).isEqualTo("PT24H");
        assertThat(kept.path("keeps").asString()).isEqualTo("api-keys");
        assertThat(kept.path("subjects").asString()).isEqualTo("default");
        assertThat(kept.path("subjectTemplate").asString()).isEqualTo("{username}");
    }

    @Test
    void formHasAFieldForEachProperty() {
        ConsolePage form = browser.page(NEW).expect(200);
        assertThat(form.document().select("h1").text()).isEqualTo("New connection");
        assertThat(form.control("Type").select("option").eachText()).containsExactly("Qlik Cloud", "Qlik Sense");
        for (String label : List.of(
                "Name",
                "Tenant address",
                "Issuer",
                "Web integration ID",
                "Origin",
                "API key expiry",
                "Subject template")) {
            assertThat(form.control(label).tagName()).as(label).isEqualTo("input");
        }
        assertThat(form.document().select("form[method=post] [name*=.]").eachAttr("name"))
                .contains("qlik-cloud.scope", "qlik-cloud.sslBundle", "qlik-sense.audience", "qlik-sense.proxyPort");
    }

    @Test
    void connectionIsMadeOfAllThatWasTyped() {
        Map<String, String> typed = new HashMap<>(Map.of(
                "name", id,
                "host", HOST + "/",
                "subjects", "mapped-only",
                "subjectTemplate", "hr|{email}",
                "qlik-cloud.signIn", "jwt",
                "qlik-cloud.issuer", "https://issuer.example.org",
                "qlik-cloud.webIntegrationId", " wi-1 ",
                "qlik-cloud.origin", "https://reports.example.org",
                "qlik-cloud.keeps", "sessions"));
        typed.putAll(Map.of("qlik-cloud.apiKeyExpiry", "P30D", "qlik-cloud.sessionLifespan", "PT12H"));
        make(typed);

        JsonNode kept = kept();
        assertThat(kept.path("subjects").asString()).isEqualTo("mapped-only");
        assertThat(kept.path("subjectTemplate").asString()).isEqualTo("hr|{email}");
        assertThat(kept.path("issuer").asString()).isEqualTo("https://issuer.example.org");
        assertThat(kept.path("webIntegrationId").asString()).isEqualTo("wi-1");
        assertThat(kept.path("origin").asString()).isEqualTo("https://reports.example.org");
        assertThat(kept.path("apiKeyExpiry").asString()).isEqualTo("P30D");
        assertThat(kept.path("keeps").asString()).isEqualTo("sessions");
        assertThat(kept.path("sessionLifespan").asString()).isEqualTo("PT12H");

        ConsolePage page = browser.page(ALL + "/" + id).expect(200);
        assertThat(page.control("Web integration ID").val()).isEqualTo("wi-1");
        assertThat(page.control("What is kept of a user")
                        .selectFirst("option[selected]")
                        .val())
                .isEqualTo("sessions");
    }

    @Test
    void nameIsWrittenAsPeopleDo() {
        String name = id.replace('-', ' ').toUpperCase(Locale.ROOT) + " ";
        assertThat(make(Map.of("name", name, "host", HOST)).path())
                .isEqualTo(ALL + "/" + id + "?done=connections-made");
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndNothingTypedIsLost() {
        String hostile = "<img src=x onerror=alert(1)>\"'\u202e\ud83d\ude00";
        ConsolePage refused = make(Map.of(
                        "name", hostile,
                        "host", "https://thief.example",
                        "subjectTemplate", "everybody",
                        "qlik-cloud.issuer", "",
                        "qlik-cloud.origin", "javascript:alert(1)",
                        "qlik-cloud.apiKeyExpiry", "a month",
                        "qlik-cloud.scope", hostile))
                .expect(200);

        assertThat(refused.errorAt("name")).startsWith("A connection's id is 1 to 63 of");
        assertThat(refused.errorAt("host")).startsWith("is not among the hosts");
        assertThat(refused.errorAt("subjectTemplate")).startsWith("holds {username} or {email}");
        assertThat(refused.errorAt("qlik-cloud.issuer")).isEqualTo("is required");
        assertThat(refused.errorAt("qlik-cloud.origin")).startsWith("starts with https://");
        assertThat(refused.errorAt("qlik-cloud.apiKeyExpiry")).startsWith("An expiry is an ISO 8601 duration");
        assertThat(refused.errorAt("qlik-cloud.scope")).startsWith("is scopes as the tenant names them");
        assertThat(refused.document().select("[role=alert]").text())
                .contains("Issuer: is required")
                .contains("Tenant address: is not among");
        assertThat(refused.control("Name").val()).isEqualTo(hostile);
        assertThat(refused.control("Name").attr("aria-describedby")).contains("e-name");
        assertThat(refused.control("Origin").val()).isEqualTo("javascript:alert(1)");
        assertThat(refused.control("API key expiry").val()).isEqualTo("a month");
        assertThat(refused.document().select("img")).isEmpty();
        assertThat(refused.html()).doesNotContain("<img");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "new", "-main", "main-", "ma\u0000in", "übung", "a/b", "..", "ma\u202ein"})
    void nameThatIsNoneIsRefused(String name) {
        ConsolePage refused = make(Map.of("name", name, "host", HOST)).expect(200);
        assertThat(refused.errorAt("name")).isNotEmpty();
        assertThat(refused.control("Tenant address").val()).isEqualTo(HOST);
    }

    @Test
    void nameThatIsMuchTooLongIsRefused() {
        assertThat(make(Map.of("name", "a".repeat(20_000), "host", HOST))
                        .expect(200)
                        .errorAt("name"))
                .isNotEmpty();
    }

    @Test
    void nameThatIsTakenIsRefusedAndTheOtherStaysAsItIs() {
        make(Map.of("name", id, "host", HOST));

        ConsolePage refused = make(Map.of("name", id, "host", "https://other.eu.qlikcloud.com"))
                .expect(200);

        assertThat(refused.errorAt("name")).contains("There is a connection " + id + " already");
        assertThat(kept().path("host").asString()).isEqualTo(HOST);
    }

    @Test
    void siteIsMadeOfItsOwnFields() {
        ConsolePage made = make(Map.of(
                        "type", "qlik-sense",
                        "name", id,
                        "host", "https://sense.eu.qlikcloud.com",
                        "qlik-sense.userDirectory", "LAB",
                        "qlik-sense.hostNameCheck", ""))
                .expect(200);

        JsonNode kept = kept();
        assertThat(kept.path("type").asString()).isEqualTo("qlik-sense");
        assertThat(kept.path("signIn").asString()).isEqualTo("certificates");
        assertThat(kept.path("userDirectory").asString()).isEqualTo("LAB");
        assertThat(kept.path("repositoryPort").asInt()).isEqualTo(4242);
        assertThat(kept.path("hostNameCheck").asBoolean()).isFalse();
        assertThat(made.text()).contains("Qlik Sense").contains("The host-name check of the connection");
    }

    @Test
    void siteThatTakesTokensIsMadeOfTheirFields() {
        make(Map.of(
                        "type", "qlik-sense",
                        "name", id,
                        "host", "https://sense.eu.qlikcloud.com",
                        "qlik-sense.signIn", "jwt",
                        "qlik-sense.userDirectory", "LAB",
                        "qlik-sense.virtualProxy", "/bridge/",
                        "qlik-sense.audience", "qlik",
                        "qlik-sense.tokenExpiry", "PT2H"))
                .expect(200);

        JsonNode kept = kept();
        assertThat(kept.path("signIn").asString()).isEqualTo("jwt");
        assertThat(kept.path("virtualProxy").asString()).isEqualTo("bridge");
        assertThat(kept.path("audience").asString()).isEqualTo("qlik");
        assertThat(kept.path("tokenExpiry").asString()).isEqualTo("PT2H");
        assertThat(kept.path("userIdClaim").asString()).isEqualTo("userId");
        assertThat(kept.path("hostNameCheck").asBoolean()).isTrue();
    }

    @Test
    void whatIsWrongWithASiteIsSaidAtItsFields() {
        ConsolePage refused = make(Map.of(
                        "type", "qlik-sense",
                        "name", id,
                        "host", "http://sense.eu.qlikcloud.com",
                        "qlik-sense.repositoryPort", "70000",
                        "qlik-sense.proxyPort", "many"))
                .expect(200);

        assertThat(refused.errorAt("qlik-sense.userDirectory")).isEqualTo("is required");
        assertThat(refused.errorAt("qlik-sense.repositoryPort")).isEqualTo("is 1 to 65535");
        assertThat(refused.errorAt("qlik-sense.proxyPort")).isEqualTo("is a whole number");
        assertThat(refused.control("Proxy port").val()).isEqualTo("many");
        assertThat(refused.control("Type").selectFirst("option[selected]").text())
                .isEqualTo("Qlik Sense");
    }

    @Test
    void typeThatThereIsNotIsRefused() {
        assertThat(make(Map.of("type", "qlik-view", "name", id, "host", HOST))
                        .expect(200)
                        .errorAt("type"))
                .isEqualTo("is qlik-cloud or qlik-sense");
    }

    @Test
    void formWithNothingInItIsRefused() {
        ConsolePage form = browser.page(NEW);
        String token = form.document().select("form [name=_csrf]").last().val();
        ConsolePage refused = post(NEW, "_csrf=" + Product.encoded(token)).expect(200);
        assertThat(refused.errorAt("name")).isEqualTo("is required");
        assertThat(refused.errorAt("type")).isEqualTo("is required");
        assertThat(refused.errorAt("host")).isEqualTo("is required");
    }

    @Test
    void parameterThatIsThereTwiceCountsOnce() {
        String token =
                browser.page(NEW).document().select("form [name=_csrf]").last().val();
        post(
                        NEW,
                        "type=qlik-cloud&type=qlik-sense&qlik-cloud.issuer=i&name=" + id + "&host=" + HOST + "&_csrf="
                                + Product.encoded(token))
                .expect(200);
        assertThat(kept().path("type").asString()).isEqualTo("qlik-cloud");
    }

    @Test
    void settingsAreChangedOnTheConnectionsPage() {
        ConsolePage page = make(Map.of("name", id, "host", HOST));

        ConsolePage saved = browser.submit(
                page, "Save", Map.of("qlik-cloud.apiKeyExpiry", "PT12H", "subjectTemplate", "hr|{username}"));

        assertThat(saved.expect(200).text()).contains("The settings are saved.");
        assertThat(saved.control("API key expiry").val()).isEqualTo("PT12H");
        assertThat(kept().path("apiKeyExpiry").asString()).isEqualTo("PT12H");
        assertThat(kept().path("subjectTemplate").asString()).isEqualTo("hr|{username}");
        assertThat(kept().path("createdAt")).isNotEqualTo(kept().path("updatedAt"));
    }

    @Test
    void changeThatIsRefusedLosesNothing() {
        ConsolePage page = make(Map.of("name", id, "host", HOST));

        ConsolePage refused = browser.submit(
                        page, "Save", Map.of("qlik-cloud.apiKeyExpiry", "P1M", "qlik-cloud.issuer", "another"))
                .expect(200);

        assertThat(refused.errorAt("qlik-cloud.apiKeyExpiry")).isNotEmpty();
        assertThat(refused.control("API key expiry").val()).isEqualTo("P1M");
        assertThat(refused.control("Issuer").val()).isEqualTo("another");
        assertThat(refused.document().select("[role=alert]")).hasSize(1);
        assertThat(kept().path("issuer").asString()).isEqualTo(bridge.url());
    }

    @Test
    void secondOfTwoWhoChangeAtOnceIsToldAndMayGoOn() {
        ConsolePage first = make(Map.of("name", id, "host", HOST));
        ConsolePage second = browser.page(ALL + "/" + id);
        browser.submit(first, "Save", Map.of("qlik-cloud.issuer", "first")).expect(200);

        ConsolePage refused = browser.submit(second, "Save", Map.of("qlik-cloud.issuer", "second"))
                .expect(200);

        assertThat(refused.text()).contains("Somebody has changed the connection " + id);
        assertThat(refused.control("Issuer").val()).isEqualTo("second");
        assertThat(kept().path("issuer").asString()).isEqualTo("first");
        browser.submit(refused, "Save", Map.of()).expect(200);
        assertThat(kept().path("issuer").asString()).isEqualTo("second");
    }

    @Test
    void changeOfAConnectionThatIsGoneIsNotFound() {
        ConsolePage page = make(Map.of("name", id, "host", HOST));
        bridge.delete("/api/v1/connections/" + id).expect(204);
        assertThat(browser.submit(page, "Save", Map.of()).expect(404).text()).contains("no connection " + id);
        browser.page(ALL + "/" + id + "/delete").expect(404);
    }

    @Test
    void listTellsWhatIsLeftToDo() {
        make(Map.of("name", id, "host", HOST, "qlik-cloud.signIn", "oauth-impersonation"));

        ConsolePage list = list();

        Element row = list.link(id).closest("tr");
        assertThat(row.select("td").eachAttr("data-label")).containsExactly("Name", "Type", "Tenant address", "State");
        assertThat(row.text())
                .contains("Qlik Cloud")
                .contains(HOST)
                .contains("To do")
                .contains("OAuth client");
        assertThat(list.link("New connection").attr("href")).isEqualTo(NEW);
        assertThat(list.document().select("nav [aria-current=page]").text()).isEqualTo("Connections");
    }

    @Test
    void listHasPages() {
        make(Map.of("name", id, "host", HOST));
        make(Map.of("name", id + "-2", "host", HOST));

        ConsolePage first = browser.page(ALL + "?limit=1").expect(200);

        assertThat(first.document().select("table.list tbody tr")).hasSize(1);
        ConsolePage second = browser.follow(first, "Next").expect(200);
        assertThat(second.link("New connection")).isNotNull();
        browser.page(ALL + "?limit=1000").expect(400);
        browser.page(ALL + "?after=%00").expect(400);
    }

    @Test
    void deletionAsksAndTellsWhatStays() {
        ConsolePage page = make(Map.of("name", id, "host", HOST, "qlik-cloud.webIntegrationId", "wi-1"));

        ConsolePage asked = browser.follow(page, "Delete connection").expect(200);
        assertThat(asked.text()).contains("the web integration wi-1").contains(HOST + "/api/v1/web-integrations/wi-1");
        assertThat(asked.document().select("[name=revoke]")).isEmpty();

        ConsolePage gone = browser.submit(asked, "Delete", Map.of()).expect(200);
        assertThat(gone.path()).isEqualTo(ALL + "?done=connections-deleted");
        assertThat(gone.text()).contains("The connection is deleted.").contains("the web integration wi-1");
        assertThat(list().text()).doesNotContain("the web integration wi-1");
        bridge.get("/api/v1/connections/" + id).expectProblem(404, "connection-not-found");
    }

    @Test
    void deletionOfAConnectionInUseWantsToBeToldToRevoke() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String used = bridge.connectTo(tenant);
            bridge.token(used, bridge.user(used, "hr|4711")).expect(200);
            ConsolePage asked = browser.page(ALL + "/" + used + "/delete").expect(200);
            assertThat(asked.text())
                    .contains("Revoke what is still in use first (1)")
                    .contains("the identity provider");

            ConsolePage refused = browser.submit(asked, "Delete", Map.of()).expect(200);
            assertThat(refused.document().select("[role=alert]").text()).contains("Choose to revoke them");

            ConsolePage gone =
                    browser.submit(refused, "Delete", Map.of("revoke", "true")).expect(200);
            assertThat(gone.text()).contains("The connection is deleted.").contains("the identity provider");
            bridge.get("/api/v1/connections/" + used).expectProblem(404, "connection-not-found");
        }
    }

    @Test
    void deletionThatCannotRevokeSaysWhyAndDeletesNothing() {
        String used;
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            used = bridge.connectTo(tenant);
            bridge.token(used, bridge.user(used, "hr|4711")).expect(200);
        }

        ConsolePage refused = browser.submit(
                        browser.page(ALL + "/" + used + "/delete"), "Delete", Map.of("revoke", "true"))
                .expect(200);

        assertThat(refused.document().select("[role=alert]").text()).isNotEmpty();
        bridge.get("/api/v1/connections/" + used).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "Not-A-Name", "%3Cimg%20src=x%3E", "..;", "a%00b"})
    void connectionThatThereIsNotIsToldOfInAPage(String unknown) {
        ConsolePage page = browser.page(ALL + "/" + unknown);
        assertThat(page.status()).isIn(400, 404);
        assertThat(page.html()).doesNotContain("<img");
    }

    private static ConsolePage list() {
        return browser.page(ALL + "?limit=200").expect(200);
    }

    private static ConsolePage make(Map<String, String> fields) {
        return browser.submit(browser.page(NEW).expect(200), "Save", fields);
    }

    private static ConsolePage post(String path, String form) {
        URI address = browser.address(path);
        return browser.send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", bridge.url())
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private JsonNode kept() {
        return bridge.get("/api/v1/connections/" + id).expect(200).json();
    }
}
