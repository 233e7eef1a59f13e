package io.qlikbridge.consoleusers;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Users as an admin sees them in a browser. */
class UserPagesTests {

    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private static final Product bridge = Product.shared();
    private static ConsoleBrowser browser;
    private static SimulatedTenant tenant;
    private static String acme;
    private static String other;

    private final String ada = Product.name("ada");

    @BeforeAll
    static void connect() {
        tenant = SimulatedTenant.start();
        acme = bridge.connectTo(tenant);
        other = bridge.connectTo(tenant);
        browser = ConsoleBrowser.ofAdmin();
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void aNewUserHasWhatTheFormSays() {
        ConsolePage form = browser.follow(browser.page("/console/users"), "New user");
        for (String label :
                List.of("Username", "Name", "Email", "Email verified", "Groups", "Enabled", "Subject " + acme)) {
            form.control(label);
        }
        assertThat(form.control("Enabled").hasAttr("checked")).isTrue();

        ConsolePage saved = browser.submit(
                form,
                "Save",
                Map.of(
                        "username",
                        ada,
                        "name",
                        " Ada Lovelace ",
                        "email",
                        "ada@example.org",
                        "emailVerified",
                        "true",
                        "groups",
                        "Finance\r\n\r\n  Report, readers  \r\n",
                        "subjects." + acme,
                        "hr|4711"));

        saved.expect(200);
        assertThat(saved.text()).contains("The user was saved.");
        JsonNode user = user(ada);
        assertThat(saved.path()).startsWith("/console/users/" + user.path("id").asString());
        assertThat(user.path("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("groups")).hasToString("[\"Finance\",\"Report, readers\"]");
        assertThat(user.path("enabled").asBoolean()).isTrue();
        assertThat(user.path("subjects")).hasToString("{\"" + acme + "\":\"hr|4711\"}");
        assertThat(saved.control("Groups").wholeText().strip()).isEqualTo("Finance\nReport, readers");
        assertThat(saved.link("Leases of this user").attr("href")).isEqualTo("/console/credentials?user=" + ada);
    }

    @Test
    void aChangeIsKeptAndWhatWasNotTouchedStays() {
        bridge.post(
                        "/api/v1/users",
                        Map.of(
                                "username",
                                ada,
                                "name",
                                "Ada",
                                "groups",
                                List.of("a", "b"),
                                "subjects",
                                Map.of(acme, "x")))
                .expect(201);
        ConsolePage page = browser.page("/console/users/named?username=" + ada);

        browser.submit(page, "Save", Map.of("name", "Ada L.", "enabled", "")).expect(200);

        JsonNode user = user(ada);
        assertThat(user.path("name").asString()).isEqualTo("Ada L.");
        assertThat(user.path("groups")).hasToString("[\"a\",\"b\"]");
        assertThat(user.path("enabled").asBoolean()).isFalse();
        assertThat(user.path("subjects").path(acme).asString()).isEqualTo("x");
    }

    @Test
    void everyFieldThatIsWrongSaysWhyAndNothingTypedIsLost() {
        String groups = "Sales\n\u200bHidden\nSales";
        ConsolePage refused = browser.submit(
                browser.page("/console/users/new"),
                "Save",
                Map.of(
                        "username",
                        "a\u202eb",
                        "name",
                        "n".repeat(300),
                        "email",
                        "nowhere",
                        "groups",
                        groups + "\nx\u200by",
                        "subjects." + acme,
                        "s".repeat(300)));

        refused.expect(200);
        assertThat(refused.errorAt("username")).contains("U+202E");
        assertThat(refused.errorAt("name")).contains("1 to 255");
        assertThat(refused.errorAt("email")).contains("e-mail address");
        assertThat(refused.errorAt("groups"))
                .contains("\"Sales\" is there twice")
                .contains("U+200B");
        assertThat(refused.errorAt("subjects." + acme)).contains("1 to 255");
        assertThat(refused.control("Username").val()).isEqualTo("a\u202eb");
        assertThat(refused.control("Name").val()).hasSize(300);
        assertThat(refused.control("Groups").wholeText()).contains("Hidden");
        assertThat(refused.control("Subject " + acme).val()).hasSize(300);
        assertThat(refused.control("Username").attr("aria-describedby")).contains("e-username");
    }

    @Test
    void aUsernameThatIsTakenIsToldAtItsField() {
        bridge.post("/api/v1/users", Map.of("username", ada)).expect(201);

        ConsolePage refused =
                browser.submit(browser.page("/console/users/new"), "Save", Map.of("username", ada, "name", "Second"));

        refused.expect(200);
        assertThat(refused.errorAt("username")).contains("There is a user " + ada + " already");
        assertThat(refused.control("Name").val()).isEqualTo("Second");
    }

    @Test
    void aUserWithoutANameIsRefused() {
        ConsolePage refused = browser.submit(browser.page("/console/users/new"), "Save", Map.of("username", "  "));

        refused.expect(200);
        assertThat(refused.errorAt("username")).isEqualTo("is required");
    }

    @Test
    void aSubjectOnAConnectionThatIsGoneIsToldBesideTheFields() {
        ConsolePage form = browser.page("/console/users/new");
        form.control("Subject " + acme).attr("name", "subjects.gone-connection");

        ConsolePage refused = browser.submit(form, "Save", Map.of("username", ada, "subjects.gone-connection", "x"));

        refused.expect(200);
        assertThat(refused.text()).contains("There is no connection gone-connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/slash/%2F;x",
                "@ada",
                "Ægir 😀",
                "a\"b'c&d",
                "..",
                "new",
                "import",
                "named",
                SCRIPT,
                "x?y#z",
                "tab\\back"
            })
    void aUserOfAnyNameHasItsPage(String odd) {
        String name = ada + odd;
        String id = bridge.post("/api/v1/users", Map.of("username", name, "name", SCRIPT, "groups", List.of(SCRIPT)))
                .json()
                .path("id")
                .asString();
        if (id.isEmpty()) {
            return;
        }
        ConsolePage list =
                browser.page("/console/users?query=" + Product.encoded(name)).expect(200);

        ConsolePage page = browser.follow(list, name).expect(200);

        assertThat(page.control("Username").val()).isEqualTo(name);
        assertThat(page.document().select("img, main script")).isEmpty();
        assertThat(list.document().select("img, main script")).isEmpty();
        assertThat(browser.page("/console/users/named?username=" + Product.encoded(name))
                        .path())
                .endsWith(id);
        browser.submit(page, "Save", Map.of("name", "Saved")).expect(200);
        assertThat(bridge.get("/api/v1/users/" + id).json().path("name").asString())
                .isEqualTo("Saved");
        assertThat(browser.follow(page, "Delete").expect(200).document().select("img"))
                .isEmpty();
    }

    @Test
    void warningsOfTheApiAreShownOnceTheUserIsSaved() {
        bridge.post("/api/v1/users", Map.of("username", ada, "subjects", Map.of(acme, "same-" + ada)))
                .expect(201);

        ConsolePage saved = browser.submit(
                browser.page("/console/users/new"),
                "Save",
                Map.of("username", ada + "-2", "subjects." + acme, "same-" + ada));

        assertThat(saved.text()).contains("both mapped to the subject same-" + ada);
        assertThat(browser.page(saved.address().getPath()).text()).doesNotContain("both mapped");
    }

    @Test
    void aFormThatWasOpenedBeforeAnotherChangeUndoesNothing() {
        String id = bridge.post("/api/v1/users", Map.of("username", ada, "name", "Ada"))
                .expect(201)
                .json()
                .path("id")
                .asString();
        ConsolePage form = browser.page("/console/users/" + id);
        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "name", "Ada L.", "groups", List.of("New")))
                .expect(200);

        ConsolePage refused = browser.submit(form, "Save", Map.of("name", "Mine"));

        refused.expect(200);
        assertThat(refused.text()).contains("Somebody else has changed this user");
        assertThat(refused.control("Name").val()).isEqualTo("Mine");
        assertThat(user(ada).path("name").asString()).isEqualTo("Ada L.");
    }

    @Test
    void aUserIsDeletedOnceThatWasConfirmed() {
        bridge.post("/api/v1/users", Map.of("username", ada)).expect(201);
        ConsolePage page = browser.page("/console/users/named?username=" + ada);

        ConsolePage asked = browser.follow(page, "Delete").expect(200);
        assertThat(asked.text()).contains("revoked").contains("Signing in does not make the user anew");
        assertThat(bridge.get("/api/v1/users?username=" + ada).json().path("items"))
                .hasSize(1);

        ConsolePage deleted = browser.submit(asked, "Delete", Map.of()).expect(200);

        assertThat(deleted.text()).contains("The user was deleted.");
        assertThat(bridge.get("/api/v1/users?username=" + ada).json().path("items"))
                .isEmpty();
        assertThat(browser.page(page.address().getPath()).status()).isEqualTo(404);
    }

    @Test
    void aListIsPagedAndASearchIsKeptOnTheNextPage() {
        for (int number = 0; number < 51; number++) {
            bridge.post("/api/v1/users", Map.of("username", ada + "-%02d+&".formatted(number)))
                    .expect(201);
        }
        ConsolePage list = browser.submit(browser.page("/console/users"), "Search", Map.of("query", ada));
        assertThat(list.control("Search").val()).isEqualTo(ada);
        assertThat(list.document().select("tbody tr")).hasSize(50);
        assertThat(list.document().select("tbody tr .badge").eachText())
                .hasSize(50)
                .containsOnly("Enabled");

        ConsolePage next = browser.follow(list, "Next").expect(200);

        assertThat(next.document().select("tbody tr")).hasSize(1);
        assertThat(next.text()).contains(ada + "-50+&");
        assertThat(next.control("Search").val()).isEqualTo(ada);
        assertThat(next.document().select("nav.pager a")).isEmpty();
    }

    @Test
    void aSearchThatFindsNobodySaysSoAndOneThatCannotBeIsRefused() {
        assertThat(browser.page("/console/users?query=" + Product.encoded("nobody " + SCRIPT))
                        .expect(200)
                        .text())
                .contains("No user has that");
        ConsolePage refused = browser.page("/console/users?query=a%07b").expect(200);
        assertThat(refused.errorAt("query")).contains("control characters");
        assertThat(browser.page("/console/users?after=%3C").expect(200).text()).contains("cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "no-id", "%3Cb%3E"})
    void aUserThatIsNotThereIsNotFound(String id) {
        for (String path : List.of("", "/delete")) {
            ConsolePage page = browser.page("/console/users/" + id + path).expect(404);
            assertThat(page.document().select("main b")).isEmpty();
        }
        browser.page("/console/users/named?username=" + id).expect(404);
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() {
        ConsolePage refused = browser.send(HttpRequest.newBuilder(browser.address("/console/users/new"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + ada + "&username=b")));

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(bridge.get("/api/v1/users?username=" + ada).json().path("items"))
                .isEmpty();
    }

    private static JsonNode user(String username) {
        return bridge.get("/api/v1/users?username=" + Product.encoded(username))
                .expect(200)
                .json()
                .path("items")
                .get(0);
    }
}
