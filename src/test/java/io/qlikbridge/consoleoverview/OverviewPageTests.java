package io.qlikbridge.consoleoverview;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.CountedStatements;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class OverviewPageTests {

    private static final String ALL_OF_IT = "/console/overview";

    private static CountedStatements counted;
    private static Product bridge;
    private static JdbcClient database;
    private static ConsoleBrowser browser;

    private SimulatedTenant tenant;

    @BeforeAll
    static void startBridge() {
        counted = new CountedStatements();
        bridge = Product.start(TestDatabase.fresh(), Map.of(), counted);
        database = bridge.bean(JdbcClient.class);
        browser = ConsoleBrowser.ofAdmin(bridge);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    @BeforeEach
    void empty() {
        database.sql("delete from connection").update();
        database.sql("delete from replica where name = 'pod-killed'").update();
        tenant = SimulatedTenant.start();
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void newBridgeLeadsToItsFirstConnection() {
        ConsolePage page = page();

        assertThat(page.title()).contains("Overview");
        assertThat(page.document().select("nav a[aria-current=page]").eachText())
                .containsExactly("Overview");
        assertThat(page.link("New connection").attr("href")).isEqualTo("/console/connections/new");
        assertThat(page.document().select("#connections, #credentials")).isEmpty();
        assertThat(page.document().select("#system").text()).contains("Version", "Signing provider", "Vault keys");
    }

    @Test
    void connectionThatWasNotTestedIsNextAndOneThatWorksNeedsNothing() {
        String main = bridge.connectTo(tenant);
        String ada = bridge.user(main, Product.name("overview|ada"));

        assertThat(attention(page())).containsExactly("Next " + main + " has not been tested yet. Set up " + main);
        assertThat(page().link("Set up " + main).attr("href")).isEqualTo("/console/connections/" + main);

        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200);
        ConsolePage page = page();
        assertThat(page.document().select("#attention").text()).contains("Nothing needs attention.");
        Element row = row(page, main);
        assertThat(cell(row, "Connection")).isEqualTo(main + " Qlik Cloud, " + tenant.url());
        assertThat(cell(row, "Last test")).matches("passed 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC as " + ada);
        assertThat(cell(row, "Certificates")).contains("signing key " + main + " ends in");
        assertThat(cell(row, "Refusals in 24 hours")).isEqualTo("none");
    }

    @Test
    void testThatFailedNeedsAttentionNowAndLeadsToTheTest() {
        String main = bridge.connectTo(tenant);
        bridge.post("/api/v1/connections/" + main + "/test", Map.of()).expect(200);
        tenant.close();
        bridge.post("/api/v1/connections/" + main + "/test", Map.of()).expect(200);

        ConsolePage page = page();

        assertThat(attention(page))
                .singleElement()
                .asString()
                .matches("Now The last test of " + main + ", at .* UTC, failed at the step reachable\\. Test " + main);
        assertThat(page.link("Test " + main).attr("href")).isEqualTo("/console/connections/" + main + "#test");
        assertThat(cell(row(page, main), "Last test")).startsWith("failed at reachable");
    }

    @Test
    void certificatesThatEndAreToldWithWhatIsLeftTheMostUrgentFirst() {
        String later = bridge.connectTo(tenant);
        String soon = bridge.connectTo(tenant);
        ends(later, "20 days 1 hour");
        ends(soon, "-1 hour");

        ConsolePage page = page();

        assertThat(attention(page).get(0))
                .startsWith("Now The certificate of " + soon + "'s signing key " + soon + " ended on");
        assertThat(attention(page).get(1))
                .startsWith("Soon The certificate of " + later + "'s signing key " + later + " ends in 20 days, on");
        assertThat(page.link("Signing keys of " + soon).attr("href"))
                .isEqualTo("/console/connections/" + soon + "#signing-keys");
        assertThat(cell(row(page, later), "Certificates")).startsWith("Soon signing key " + later + " ends in 20 days");
    }

    @Test
    void leasesAreCountedByStateAndLateRenewalsTold() {
        String main = bridge.connectTo(tenant);
        bridge.token(main, bridge.user(main, Product.name("overview|ada"))).expect(200);
        bridge.token(main, bridge.user(main, Product.name("overview|bob"))).expect(200);
        // tried in vain, and not again just now
        database.sql("""
                        update lease set last_used_at = issued_at, next_renewal_at = now() + interval '5 minutes',
                            renew_at = now() - interval '11 minutes' where connection_id = :main
                        """).param("main", main).update();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(attention(page()))
                        .contains(
                                "Soon 2 credentials of " + main + " should have been renewed more than ten minutes ago."
                                        + " Credentials of " + main + " in use"));

        ConsolePage page = page();
        assertThat(page.link("Credentials of " + main + " in use").attr("href"))
                .isEqualTo("/console/credentials?connection=" + main + "&state=active");
        assertThat(cell(row(page, main), "Renewal behind")).isEqualTo("2");
        assertThat(cell(row(page, main), "Credentials in use")).isEqualTo("2");
        Element credentials = page.document().getElementById("credentials");
        assertThat(credentials.select("dl").text()).contains("In use 2");
        assertThat(credentials.select("dd a").eachAttr("href")).contains("/console/credentials?state=active");
        assertThat(credentials.text()).containsPattern("Counted at 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC");
        assertThat(credentials.select("svg title").text()).isEqualTo("Credentials over the last 24 hours");
        assertThat(credentials.select("svg rect.bar")).isNotEmpty();
        assertThat(credentials.select("details tbody tr").last().text()).endsWith(" 2 0 0 0");
    }

    @Test
    void refusalsOfTheTenantAndOfTheBridgeAreCountedApart() {
        String main = bridge.connectTo(tenant);
        String ada = bridge.user(main, Product.name("overview|ada"));
        tenant.close();
        bridge.token(main, ada);
        bridge.post("/api/v1/connections/" + main + "/token", Map.of("user", "nobody-at-all"))
                .expect(404);

        ConsolePage page = page();

        assertThat(cell(row(page, main), "Refusals in 24 hours")).matches("1 by the tenant \\d by the bridge");
        assertThat(row(page, main).select("td[data-label^=Refusals] a").eachAttr("href"))
                .containsExactly(
                        "/console/credentials?connection=" + main + "&state=failed",
                        "/console/audit?connection=" + main + "&action=request.refuse");
        assertThat(attention(page))
                .anyMatch(told -> told.startsWith(
                        "Soon The tenant of " + main + " gave no credential once in the last 24 hours, at 20"));
    }

    @Test
    void replicasAreShownAndOneThatIsSilentIsTold() {
        database.sql("""
                        insert into replica (id, name, version, started_at, seen_at) values
                            (:id, 'pod-killed', '0.0.1', now() - interval '1 day', now() - interval '10 minutes')
                        """).param("id", UUID.randomUUID()).update();

        Awaitility.await()
                .untilAsserted(() -> assertThat(page().document()
                                .select("#system table")
                                .first()
                                .text())
                        .contains("shows this page", "runs"));

        ConsolePage page = page();
        assertThat(page.document().select("#system").text())
                .contains("1 running")
                .contains("pod-killed 0.0.1")
                .contains("silent");
        assertThat(attention(page))
                .anyMatch(told ->
                        told.matches("Soon The replica pod-killed has not been heard of since .* UTC\\. Replicas"));
        assertThat(page.text()).doesNotContain("Replicas of different versions");
    }

    @Test
    void hostileNamesAreText() {
        String main = bridge.connectTo(tenant);
        database.sql(
                        "update signing_key set kid = :kid, not_after = now() + interval '1 day 1 hour' where connection_id = :main")
                .param("kid", "<img src=x onerror=alert(1)>'{0}")
                .param("main", main)
                .update();
        database.sql(
                        "insert into replica (id, name, version, started_at, seen_at) values (:id, 'pod-killed', :version, now(), now())")
                .param("id", UUID.randomUUID())
                .param("version", "<script>alert(1)</script>")
                .update();

        ConsolePage page = page();

        assertThat(page.document().select("main img, main script")).isEmpty();
        assertThat(page.text()).contains("<img src=x onerror=alert(1)>'{0}", "<script>alert(1)</script>");
        assertThat(page.html())
                .doesNotContain("<style")
                .doesNotContain(" style=")
                .doesNotContain("onload=");
    }

    @Test
    void pageCostsAFewLooksAtTheDatabaseHoweverMuchThereIs() {
        String main = bridge.connectTo(tenant);
        long few = looks();
        for (int more = 0; more < 5; more++) {
            bridge.connectTo(tenant);
        }
        database.sql("""
                        insert into lease (id, connection_id, username, subject, host, for_user, asserted, state, operation, qlik_key_id, sealed_with,
                            nonce, ciphertext, seal_form, created_at, issued_at, expires_at, renew_at, last_used_at)
                        select gen_random_uuid(), :main, 'u' || n, 's' || n, 'http://127.0.0.1', gen_random_uuid(), '', 'ACTIVE', gen_random_uuid(),
                            'k' || n, 'k1', '', '', 2, now(), now(), now() + interval '1 day', now() + interval '20 hours', now()
                        from generate_series(1, 20000) as n
                        """).param("main", main).update();

        assertThat(looks()).isLessThanOrEqualTo(few).isLessThanOrEqualTo(30);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(cell(row(page(), main), "Credentials in use"))
                        .isEqualTo("20,000"));
    }

    private static long looks() {
        page();
        counted.reset();
        page();
        return counted.statements().size();
    }

    private static ConsolePage page() {
        return browser.page(ALL_OF_IT).expect(200);
    }

    private static List<String> attention(ConsolePage page) {
        return page.document().select("#attention ol li").eachText();
    }

    private static Element row(ConsolePage page, String connection) {
        return page.document().select("#connections tbody tr").stream()
                .filter(row -> row.select("a").first().text().equals(connection))
                .findFirst()
                .orElseThrow();
    }

    private static String cell(Element row, String label) {
        return row.select("td").stream()
                .filter(cell -> cell.attr("data-label").equals(label))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static void ends(String connection, String in) {
        database.sql(
                        "update signing_key set not_after = now() + cast(:in as interval) where connection_id = :connection")
                .param("in", in)
                .param("connection", connection)
                .update();
    }
}
