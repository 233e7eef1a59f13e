package io.qlikbridge.consolecredentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Credentials in the console. */
class CredentialPagesTests {

    private static final String CREDENTIALS = "/console/credentials";
    private static final String REVOKE_ALL = CREDENTIALS + "/revoke";

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void listShowsWhoHasWhatWhereAndHowLongButNoToken() {
        String token = bridge.token(main, ada).expect(200).json().path("token").asString();

        ConsolePage page = ofAda();

        Element row = onlyRow(page);
        assertThat(cell(row, "User")).isEqualTo(ada);
        assertThat(cell(row, "Connection")).isEqualTo(main);
        assertThat(cell(row, "What it is")).isEqualTo("API key at " + tenant.url());
        assertThat(cell(row, "State")).isEqualTo("In use");
        assertThat(row.select("time")).hasSize(3);
        assertThat(page.document().select(".empty")).isEmpty();
        ConsolePage details = browser.follow(page, "Details").expect(200);
        assertThat(details.text()).contains("hr|4711", ada, "API key", "In use");
        for (String html : List.of(page.html(), details.html())) {
            assertThat(html).doesNotContain(token, token.substring(token.length() - 20));
        }
    }

    @Test
    void sessionIsCalledOneAndNothingOfItsCookieIsShown() {
        main = bridge.connectTo(tenant, Map.of("keeps", "sessions"));
        bridge.apps(main, ada).expect(200);

        ConsolePage page = filtered(Map.of("connection", main));

        assertThat(cell(onlyRow(page), "What it is")).startsWith("Session ");
        assertThat(page.html()).doesNotContain("eas.sid", "_csrfToken=");
    }

    @Test
    void filterByUserConnectionStateAndEndFindsWhatFits() {
        String bob = bridge.user(main, "hr|4712");
        bridge.token(main, ada).expect(200);
        bridge.token(main, bob).expect(200);

        assertThat(rows(filtered(Map.of("connection", main)))).hasSize(2);
        assertThat(rows(filtered(Map.of("connection", main, "user", ada)))).hasSize(1);
        assertThat(rows(filtered(Map.of("connection", main, "state", "active"))))
                .hasSize(2);
        assertThat(filtered(Map.of("connection", main, "state", "revoked")).text())
                .contains("No credential fits the filter.");
        assertThat(rows(filtered(Map.of("connection", main, "endsBefore", "2999-12-31"))))
                .hasSize(2);
        assertThat(rows(filtered(Map.of("connection", main, "endsBefore", "2020-01-01"))))
                .isEmpty();
        ConsolePage page = filtered(Map.of("user", " " + ada + " ", "state", "active"));
        assertThat(page.control("User").attr("value")).isEqualTo(ada);
        assertThat(page.control("State").select("[selected]").text()).isEqualTo("In use");
        assertThat(rows(page)).hasSize(1);
        assertThat(browser.follow(page, "Show all").path()).isEqualTo(CREDENTIALS);
    }

    @Test
    void filterThatCannotBeIsRefusedAtItsFieldsAndKept() {
        ConsolePage refused = browser.page(CREDENTIALS + "?user=%00&state=%3Cimg%20src=x%3E&endsBefore=soon");

        refused.expect(200);
        assertThat(refused.errorAt("user")).contains("control characters");
        assertThat(refused.control("State").select("[selected]").attr("value")).isEqualTo("<img src=x>");
        assertThat(refused.control("Ends before").attr("value")).isEqualTo("soon");
        assertThat(refused.document().select("main img")).isEmpty();
        assertThat(browser.page(CREDENTIALS + "?state=%3Cimg%20src=x%3E")
                        .expect(200)
                        .errorAt("state"))
                .contains("active");
        assertThat(browser.page(CREDENTIALS + "?endsBefore=soon").expect(200).errorAt("endsBefore"))
                .contains("is a day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "user=%27%20or%20%271%27=%271",
                "user=%F0%9F%8C%8A%E2%80%AE",
                "connection=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "connection=nobody",
                "user=a&user=b&connection=c&connection=d",
                "revoked",
                "revoked=%3Cb%3E",
            })
    void filterOfWhateverCharactersShowsNothingAndRunsNothing(String query) {
        ConsolePage page = browser.page(CREDENTIALS + "?" + query).expect(200);

        assertThat(page.document().select("main script, main b, main [role=status]"))
                .isEmpty();
    }

    @Test
    void filterByAVeryLongNameFindsNobody() {
        browser.page(CREDENTIALS + "?user=" + "a".repeat(3000)).expect(200);
    }

    @Test
    void cursorThatIsNotOursIsRefused() {
        browser.page(CREDENTIALS + "?after=%F0%9F%8C%8A").expect(400);
        browser.page(CREDENTIALS + "?after=bm90LWEtdXVpZA").expect(400);
    }

    @Test
    void listIsPagedWithinTheFilter() {
        bridge.token(main, ada).expect(200);
        bridge.bean(JdbcClient.class).sql("""
                        insert into lease (id, operation, connection_id, username, subject, host, asserted, state, created_at, ended_at)
                        select gen_random_uuid(), gen_random_uuid(), connection_id, username || '+&é', subject, host, asserted, 'EXPIRED', now(), now()
                        from lease, generate_series(1, 60) where connection_id = :main
                        """).param("main", main).update();

        ConsolePage first = filtered(Map.of("user", ada + "+&é", "connection", main));
        ConsolePage second = browser.follow(first, "Next").expect(200);

        assertThat(rows(first)).hasSize(50);
        assertThat(rows(second)).hasSize(10);
        assertThat(second.control("User").attr("value")).isEqualTo(ada + "+&é");
        assertThat(second.document().select(".pager")).isEmpty();
    }

    @Test
    void revokingAsksOnceAndEndsTheCredentialAtTheTenant() {
        bridge.token(main, ada).expect(200);
        ConsolePage ask = browser.submit(ofAda(), "Revoke", Map.of()).expect(200);
        assertThat(ask.document().select("h1").text()).isEqualTo("Revoke the credential of " + ada + "?");
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);

        ConsolePage done = browser.submit(ask, "Revoke", Map.of()).expect(200);

        assertThat(done.text()).contains("The credential is revoked", "Revoked");
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(done.document().select("button").eachText()).doesNotContain("Revoke");
        assertThat(onlyRow(ofAda()).select("button").eachText()).doesNotContain("Revoke");
        // sent again, nothing is left to do
        assertThat(browser.submit(ask, "Revoke", Map.of()).expect(200).text()).contains("The credential is revoked");
    }

    @Test
    void revokingWhileTheTenantIsDownSaysThatItGoesOn() {
        bridge.token(main, ada).expect(200);
        tenant.before(request -> Optional.of(Faults.reset()));

        ConsolePage done = browser.submit(browser.submit(ofAda(), "Revoke", Map.of()), "Revoke", Map.of());

        assertThat(done.expect(200).text())
                .contains("could not be told yet", "Out of use, not ended at the tenant yet", "Not ended yet because");
        ConsolePage again = browser.submit(done, "Revoke", Map.of());
        assertThat(again.text()).contains("told once more");
        tenant.before(request -> Optional.empty());
        assertThat(browser.submit(again, "Revoke", Map.of()).text()).contains("The credential is revoked");
    }

    @Test
    void revokingAllOfAUserSaysHowManyBeforeAndAfter() {
        String other = bridge.connectTo(tenant);
        String bob = bridge.user(main, "hr|4712");
        bridge.token(main, ada).expect(200);
        bridge.token(other, ada).expect(200);
        bridge.token(main, bob).expect(200);

        ConsolePage ask = browser.submit(ofAda(), "Revoke all", Map.of()).expect(200);
        assertThat(ask.text()).contains("2 credentials may still be used", ada);
        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
        ConsolePage done = browser.submit(ask, "Revoke all", Map.of()).expect(200);

        assertThat(done.text()).contains("The tenants have ended 2.").doesNotContain("could not be");
        assertThat(done.control("User").attr("value")).isEqualTo(ada);
        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
        assertThat(tenant.activeKeys("hr|4712")).hasSize(1);
        assertThat(browser.submit(done, "Revoke all", Map.of()).text()).contains("Nothing is left to revoke");
    }

    @Test
    void revokingAllOfAConnectionWhileItsTenantIsDownSaysWhatIsPending() {
        bridge.token(main, ada).expect(200);
        bridge.token(main, bridge.user(main, "hr|4712")).expect(200);
        tenant.before(request -> Optional.of(Faults.reset()));

        ConsolePage done = browser.submit(
                browser.submit(filtered(Map.of("connection", main)), "Revoke all", Map.of()), "Revoke all", Map.of());

        assertThat(done.expect(200).text()).contains("ended none just now", "2 could not be ended");
        assertThat(done.control("Connection").select("[selected]").attr("value"))
                .isEqualTo(main);
    }

    @Test
    void revokingAllOfAClientEndsWhatItWasHanded() {
        String id = Product.name("client");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", id, "scopes", List.of("bridge.tokens"), "users", List.of("*")))
                .json()
                .path("secret")
                .asString();
        bridge.send(
                        "POST",
                        "/api/v1/connections/" + main + "/token",
                        "{\"user\": \"" + ada + "\"}",
                        bridge.accessToken(id, secret, null))
                .expect(200);

        ConsolePage ask = browser.follow(browser.page("/console/clients/" + id), "Revoke what it was handed");
        assertThat(ask.expect(200).text()).contains("One credential may still be used", id);
        browser.submit(ask, "Revoke all", Map.of()).expect(200);

        assertThat(tenant.activeKeys("hr|4711")).isEmpty();
    }

    @Test
    void nothingIsRevokedForEverybodyAtOnce() {
        bridge.token(main, ada).expect(200);
        ConsolePage all = browser.page(CREDENTIALS).expect(200);
        assertThat(all.document().select("button").eachText()).doesNotContain("Revoke all");

        browser.page(REVOKE_ALL).expect(400);
        browser.send(post(ofAda(), REVOKE_ALL, "user=&connection=%20")).expect(400);

        assertThat(tenant.activeKeys("hr|4711")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=nobody-at-all",
                "user=%3Cimg%20src=x%3E",
                "user=%00",
                "connection=none-such",
                "connection=%3Cimg%20src=x%3E",
                "client=none-such",
                "client=%3Cimg%20src=x%3E",
            })
    void revokingAllOfWhatIsNotThereSaysSo(String query) {
        ConsolePage refused = browser.page(REVOKE_ALL + "?" + query);

        assertThat(refused.status()).isIn(400, 404);
        assertThat(refused.document().select("main img")).isEmpty();
        assertThat(browser.send(post(browser.page(CREDENTIALS + "?user=" + ada), REVOKE_ALL, query))
                        .status())
                .isEqualTo(refused.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "01a1ffae-99ac-7562-af7c-feceba3cf1bc", "%3Cimg%20src=x%3E", "%F0%9F%8C%8A"})
    void credentialThatIsNotThereIsNotFound(String id) {
        ConsolePage none = browser.page(CREDENTIALS + "/" + id).expect(404);

        assertThat(none.document().select("main img")).isEmpty();
        browser.page(CREDENTIALS + "/" + id + "/revoke").expect(404);
        browser.send(post(browser.page(CREDENTIALS), CREDENTIALS + "/" + id + "/revoke", ""))
                .expect(404);
    }

    @Test
    void userWhoseNameIsMarkupIsShownAsItIs() {
        String name = "<img src=x onerror=alert(1)> \"'" + Product.name("x");
        bridge.post(
                        "/api/v1/users",
                        Map.of("username", name, "subjects", Map.of(main, "<b>hr|4799</b>"), "enabled", true))
                .expect(201);
        bridge.token(main, name).expect(200);

        ConsolePage page = filtered(Map.of("user", name));

        assertThat(cell(onlyRow(page), "User")).isEqualTo(name);
        ConsolePage ask = browser.submit(page, "Revoke all", Map.of()).expect(200);
        assertThat(ask.text()).contains(name);
        assertThat(browser.follow(page, "Details").text()).contains("<b>hr|4799</b>");
        ConsolePage done = browser.submit(ask, "Revoke all", Map.of()).expect(200);
        assertThat(done.control("User").attr("value")).isEqualTo(name);
        assertThat(done.document().select("main img, main b")).isEmpty();
    }

    @Test
    void pagesHaveOneHeadingAndTablesWithACaption() {
        bridge.token(main, ada).expect(200);
        ConsolePage list = ofAda();
        List<ConsolePage> pages = List.of(
                list,
                browser.follow(list, "Details"),
                browser.submit(list, "Revoke", Map.of()),
                browser.submit(list, "Revoke all", Map.of()));

        IntStream.range(0, pages.size()).forEach(at -> {
            ConsolePage page = pages.get(at).expect(200);
            assertThat(page.document().select("h1")).as(page.path()).hasSize(1);
            assertThat(page.document().select("table:not(:has(caption)), th:not([scope])"))
                    .isEmpty();
            assertThat(page.document().select("[id]").eachAttr("id")).doesNotHaveDuplicates();
            assertThat(page.document().select("nav [aria-current=page]").text()).isEqualTo("Credentials");
        });
    }

    private ConsolePage ofAda() {
        return filtered(Map.of("user", ada));
    }

    private ConsolePage filtered(Map<String, String> fields) {
        StringBuilder query = new StringBuilder();
        fields.forEach((name, value) -> query.append(query.isEmpty() ? "?" : "&")
                .append(name)
                .append('=')
                .append(Product.encoded(value)));
        return browser.page(CREDENTIALS + query).expect(200);
    }

    private static List<Element> rows(ConsolePage page) {
        return page.document().select("tbody tr");
    }

    private static Element onlyRow(ConsolePage page) {
        assertThat(rows(page)).as(page.text()).hasSize(1);
        return rows(page).getFirst();
    }

    private static String cell(Element row, String label) {
        return row.select("td[data-label=\"" + label + "\"]").text();
    }

    private HttpRequest.Builder post(ConsolePage form, String path, String body) {
        String csrf = form.document().select("input[name=_csrf]").attr("value");
        return HttpRequest.newBuilder(browser.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", bridge.url())
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + Product.encoded(csrf) + "&" + body));
    }
}
