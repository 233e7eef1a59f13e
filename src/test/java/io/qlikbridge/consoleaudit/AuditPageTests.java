package io.qlikbridge.consoleaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@OneAtATime
class AuditPageTests {

    private static final Instant NOON = Instant.parse("2021-05-01T12:00:00Z");

    private static ConsoleBrowser browser;

    private final Product bridge = Product.undisturbed();
    private final String connection = Product.name("shown");

    @BeforeEach
    void signIn() {
        if (browser == null) {
            browser = ConsoleBrowser.ofAdmin(bridge);
        }
    }

    @Test
    void pageListsWhatWasDoneAndWhoDidIt() {
        String user = Product.name("listed");
        bridge.post("/api/v1/users", Map.of("username", user)).expect(201);

        ConsolePage page = filter(Map.of("user", user));

        assertThat(page.title()).contains("Audit");
        assertThat(page.document().select("nav a[aria-current=page]").eachText())
                .containsExactly("Audit");
        assertThat(rows(page)).singleElement().satisfies(row -> {
            assertThat(cell(row, "Actor")).isEqualTo("client:admin");
            assertThat(cell(row, "Action")).isEqualTo("user.create");
            assertThat(cell(row, "User")).isEqualTo(user);
            assertThat(cell(row, "Outcome")).isEqualTo("success");
            assertThat(cell(row, "When")).matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        });
    }

    @Test
    void signInToTheConsoleIsListedWithTheNameOfWhoSignedIn() {
        String client = Product.name("console-admin");
        String secret = bridge.post("/api/v1/clients", Map.of("clientId", client, "scopes", List.of("bridge.admin")))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        new ConsoleBrowser(bridge.url()).signIn(client, "not " + secret);
        ConsoleBrowser.signedIn(bridge.url(), client, secret);

        assertThat(rows(filter(Map.of("actor", "client:" + client))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(cell(row, "Action")).isEqualTo("client.sign-in");
                    assertThat(cell(row, "Outcome")).isEqualTo("success");
                });
        assertThat(rows(filter(Map.of("action", "client.sign-in", "actor", "bridge"))))
                .anySatisfy(row -> assertThat(row.text()).contains("failure", "clientId: " + client));
    }

    @Test
    void filtersHaveTheirLabelsAndKeepWhatWasTyped() {
        ConsolePage page = filter(Map.of(
                "actor", "client:nobody",
                "action", "user.create",
                "user", "ada",
                "connection", connection,
                "from", "2026-11-30T10:00",
                "to", "2026-11-30T11:00"));

        assertThat(page.control("Actor").attr("value")).isEqualTo("client:nobody");
        assertThat(page.control("Action").select("option[selected]").attr("value"))
                .isEqualTo("user.create");
        assertThat(page.control("Action").select("option").first().text()).isEqualTo("any");
        assertThat(page.control("User").attr("value")).isEqualTo("ada");
        assertThat(page.control("Connection").attr("value")).isEqualTo(connection);
        assertThat(page.control("From").attr("type")).isEqualTo("datetime-local");
        assertThat(page.control("From").attr("value")).isEqualTo("2026-11-30T10:00");
        assertThat(page.control("To").attr("value")).isEqualTo("2026-11-30T11:00");
        assertThat(page.text()).contains("Nothing fits these filters");
    }

    @Test
    void fromAndToKeepToTheirMinutesAndDays() {
        write(NOON, "client:a", "{\"n\": 1}");
        write(NOON.plusSeconds(59), "client:a", "{\"n\": 2}");
        write(NOON.plusSeconds(60), "client:a", "{\"n\": 3}");

        assertThat(details("from=2021-05-01T12:00&to=2021-05-01T12:00")).containsExactly("n: 2", "n: 1");
        assertThat(details("from=2021-05-01T12:01")).containsExactly("n: 3");
        assertThat(details("from=2021-05-01&to=2021-05-01")).hasSize(3);
        assertThat(details("from=2021-05-02")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void timeThatIsNoneHasItsErrorAtItsFieldAndIsKept(String field) {
        ConsolePage page = browser.page("/console/audit?user=ada&" + field + "=yester%3Cb%3Eday");

        page.expect(200);
        assertThat(page.errorAt(field)).contains("2026-11-30T10:00");
        assertThat(page.control(field.equals("from") ? "From" : "To").attr("value"))
                .isEqualTo("yester<b>day");
        assertThat(page.control("User").attr("value")).isEqualTo("ada");
        assertThat(rows(page)).isEmpty();
    }

    @Test
    void filtersThatNoEventCouldFitHaveTheirErrorsAtTheirFields() {
        ConsolePage page = browser.page("/console/audit?actor=a%00b&action=user.vanish&from=2026-11-30&to=2026-11-29");

        page.expect(200);
        assertThat(page.errorAt("actor")).isNotEmpty();
        assertThat(page.errorAt("action")).contains("user.create");
        assertThat(page.errorAt("to")).contains("before");
        browser.page("/console/audit?after=%00%FF").expect(400);
        browser.page("/console/audit.csv?from=never").expect(400);
    }

    @Test
    void listIsPagedFromTheNewestAndTheFiltersStay() {
        writeMany(120);

        ConsolePage first = browser.page("/console/audit?connection=" + connection + "&action=user.create");
        ConsolePage second = browser.follow(first, "Next");
        ConsolePage third = browser.follow(second, "Next");

        assertThat(rows(first)).hasSize(50);
        assertThat(rows(first).getFirst().text()).contains("n: 120");
        assertThat(rows(second).getFirst().text()).contains("n: 70");
        assertThat(rows(third)).hasSize(20);
        assertThat(third.document().select("a").eachText())
                .doesNotContain("Next")
                .contains("Newest");
        assertThat(third.control("Connection").attr("value")).isEqualTo(connection);
    }

    @Test
    void hostileDetailsAreTextAndCutShort() {
        String hostile = "<img src=x onerror=alert(1)>";
        write(
                NOON,
                "user:<script>alert(1)</script>\u202E\u05D0",
                "{\"" + hostile + "\": \"" + hostile
                        + "\", \"a\": {\"b\": {\"c\": {\"d\": {\"e\": 1}}}}, \"list\": [1, \"x\"],"
                        + " \"objects\": [{\"k\": \"</td>\"}], \"long\": \"" + "😀".repeat(5_000)
                        + "\", \"none\": null}");

        ConsolePage page = filter(Map.of("connection", connection));

        assertThat(page.document().select("main img, main script")).isEmpty();
        assertThat(rows(page)).singleElement().satisfies(row -> {
            assertThat(row.text())
                    .contains("user:<script>alert(1)</script>")
                    .contains(hostile + ": " + hostile)
                    .contains("a.b.c.d: {\"e\":1}")
                    .contains("list: 1, x")
                    .contains("objects: [{\"k\":\"</td>\"}]")
                    .contains("…");
            assertThat(row.text().codePoints().count()).isLessThan(2_000);
        });
    }

    @Test
    void manyDetailsAreFolded() {
        StringBuilder many = new StringBuilder("{\"n0\": 0");
        for (int n = 1; n < 200; n++) {
            many.append(", \"n").append(n).append("\": ").append(n);
        }
        write(NOON, "client:a", many + "}");

        Element row = rows(filter(Map.of("connection", connection))).getFirst();

        assertThat(row.select("details summary").text()).isEqualTo("58 more");
        assertThat(row.text()).contains("n0: 0").doesNotContain("n199");
    }

    @Test
    void exportHoldsEveryEventThatFitsTheFiltersOnceAndNoFormula() throws IOException {
        writeMany(1_234);
        write(NOON.minusSeconds(60), "client:other", "{\"formula\": \"=1+1\"}");
        write(NOON, "=HYPERLINK(\"https://thief.example\")", "{}");

        ConsolePage file = browser.page(browser.page("/console/audit?connection=" + connection)
                .link("Export CSV")
                .attr("href"));

        assertThat(file.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition")).matches("attachment; filename=\"audit-\\d{8}T\\d{6}Z\\.csv\"");
        assertThat(file.html()).startsWith("\uFEFF\"When\"");
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(file.html().substring(1)))
                .getRecords();
        assertThat(records)
                .hasSize(1_236)
                .allSatisfy(record -> assertThat(record.get("Connection")).isEqualTo(connection));
        assertThat(records)
                .extracting(record -> record.get("Actor"))
                .contains("'=HYPERLINK(\"https://thief.example\")");
        assertThat(records).extracting(record -> record.get("Details")).contains("{\"formula\":\"=1+1\"}");
        assertThat(browser.page("/console/audit.csv?action=lease.issue&connection=" + connection)
                        .html()
                        .lines())
                .hasSize(1);
    }

    @Test
    void whoHasNotSignedInSeesNeitherListNorExport() {
        write(NOON, "client:a", "{\"only\": \"for admins\"}");
        ConsoleBrowser stranger = new ConsoleBrowser(bridge.url());

        for (String path : List.of("/console/audit", "/console/audit.csv")) {
            ConsolePage page = stranger.page(path + "?connection=" + connection);

            assertThat(page.html()).doesNotContain("for admins");
            assertThat(page.path()).startsWith("/console/sign-in");
        }
    }

    private ConsolePage filter(Map<String, String> fields) {
        return browser.submit(browser.page("/console/audit"), "Filter", fields).expect(200);
    }

    private List<String> details(String query) {
        return rows(browser.page("/console/audit?connection=" + connection + "&" + query)).stream()
                .map(row -> cell(row, "Details"))
                .toList();
    }

    private static List<Element> rows(ConsolePage page) {
        return page.document().select("table.list tbody tr");
    }

    private static String cell(Element row, String label) {
        return row.select("td[data-label=" + label + "]").text();
    }

    private void write(Instant at, String actor, String details) {
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into audit_event (id, at, actor, action, connection, outcome, details)
                        values (:id, :at, :actor, 'user.update', :connection, 'success', cast(:details as jsonb))
                        """)
                .param(
                        "id",
                        new UUID(
                                at.toEpochMilli() << 16 | 0x7000,
                                UUID.randomUUID().getLeastSignificantBits()))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("connection", connection)
                .param("details", details)
                .update();
    }

    private void writeMany(int count) {
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into audit_event (id, at, actor, action, connection, outcome, details)
                        select cast(substr(cast(:id as text), 1, 24) || lpad(to_hex(n), 12, '0') as uuid), :at, 'client:many',
                            'user.create', :connection, 'success', jsonb_build_object('n', n) from generate_series(1, :count) as n
                        """)
                .param("id", UUID.randomUUID().toString())
                .param("at", NOON.atOffset(ZoneOffset.UTC))
                .param("connection", connection)
                .param("count", count)
                .update();
    }
}
