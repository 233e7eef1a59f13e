package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.FilePayload;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Somebody who has never seen the console, at a bridge that knows nobody, as the guide to try it tells them. One test goes on where the one
 * before has ended.
 */
@Order(2)
@BrowserTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewcomerTests {

    private static final int MOST_ACTS = 25;
    private static final List<String> SECTIONS =
            List.of("Overview", "Connections", "Users", "Credentials", "Clients", "Audit");

    private static SimulatedTenant tenant;
    private static Product bridge;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        tenant.apps("hr|4711", App.of("Sales report"), App.of("Finance dashboard"), App.of("Cash flow"));
        tenant.apps("hr|4712", App.of("Warehouse stock"));
        bridge = Product.start(TestDatabase.fresh(), Map.of());
    }

    @AfterAll
    static void stop() {
        if (bridge != null) {
            bridge.close();
            tenant.close();
        }
    }

    private static Visitor admin(Visitors visitors) {
        return visitors.at(bridge.url()).signIn("admin", Product.ADMIN_SECRET);
    }

    @Test
    @Order(1)
    void emptyPagesSayWhatToDo(Visitors visitors) {
        Visitor admin = visitors.at(bridge.url()).open("/");
        Look.all(admin, "sign-in");
        admin.signIn("admin", Product.ADMIN_SECRET);

        for (String section : SECTIONS) {
            admin.follow(section).reaches(section);
            Look.WIDE_LIGHT.once(admin, section.toLowerCase(Locale.ROOT) + "-empty");
        }
        admin.follow("Connections").sees("There is no connection yet");
        admin.follow("Users").sees("There are no users yet");
    }

    @Test
    @Order(2)
    void passingTestAsAdaIsAtMost25ClicksAndFieldsAway(Visitors visitors) {
        Visitor newcomer = admin(visitors);
        newcomer.follow("Connections")
                .follow("New connection")
                .fill("Name", "main")
                .fill("Tenant address", tenant.url())
                .fill("Issuer", "https://bridge.example.org")
                .fill("Origin", "https://localhost")
                .press("Save")
                .press("Generate key")
                .fill("API key of an administrator", tenant.adminToken())
                .press("Dry run");
        newcomer.sees("Nothing was changed");
        assertThat(newcomer.page().content()).doesNotContain(tenant.adminToken());
        newcomer.fill("API key of an administrator", tenant.adminToken())
                .press("Set up")
                .sees("The tenant is set up")
                .follow("Users")
                .follow("New user")
                .fill("Username", "ada")
                .fill("Email", "ada@example.org")
                .fill("Subject main", "hr|4711")
                .press("Save")
                .sees("The user was saved")
                .follow("Connections")
                .follow("main")
                .fill("As user", "ada")
                .press("Test connection")
                .sees("All checks passed");

        assertThat(newcomer.text())
                .contains("Sales report", "Finance dashboard", "Cash flow")
                .doesNotContain("Failed", "Warehouse stock");
        assertThat(newcomer.acts()).isLessThanOrEqualTo(MOST_ACTS);
        Look.all(newcomer, "test");
        Look.picture(newcomer, "test");
    }

    @Test
    @Order(3)
    void bobSeesOtherAppsThanAda(Visitors visitors) {
        Visitor admin = admin(visitors)
                .follow("Users")
                .follow("New user")
                .fill("Username", "bob")
                .fill("Subject main", "hr|4712")
                .press("Save")
                .sees("The user was saved")
                .follow("Connections")
                .follow("main")
                .fill("As user", "bob")
                .press("Test connection")
                .sees("All checks passed");

        assertThat(admin.text())
                .contains("All checks passed", "Warehouse stock")
                .doesNotContain("Sales report");
    }

    @Test
    @Order(4)
    void pagesAreEasyToUseForEverybody(Visitors visitors) {
        Visitor admin = admin(visitors);
        for (String section : SECTIONS) {
            admin.follow(section).reaches(section);
            Look.all(admin, section.toLowerCase(Locale.ROOT));
        }
        Look.picture(admin.follow("Overview"), "overview");
        admin.follow("Connections").follow("main");
        Look.all(admin, "connection");
        Look.picture(admin, "connection");
        admin.follow("Connections").follow("New connection").press("Save").sees("Nothing was saved yet");
        Look.all(admin, "connection-refused");
        admin.follow("Users").follow("ada");
        Look.all(admin, "user");
        admin.follow("Users").follow("Import CSV");
        Look.all(admin, "import");
        admin.open("/console/nothing");
        Look.all(admin, "nothing");
    }

    @Test
    @Order(5)
    void secretOfAClientIsShownOnceAndNoOtherAnywhere(Visitors visitors) {
        Visitor admin = admin(visitors).follow("Clients").follow("New client");
        Look.all(admin, "client-new");
        admin.fill("Client ID", "nightly-report")
                .tick("bridge.tokens")
                .fill("Users", "ada")
                .press("Save");
        String secret = admin.page().locator(".once code").innerText();
        assertThat(bridge.accessToken("nightly-report", secret, null)).isNotEmpty();
        assertThat(admin.page().url()).doesNotContain(secret);
        Look.all(admin, "client-secret");
        List<String> secrets = new ArrayList<>(List.of(secret, Product.ADMIN_SECRET, tenant.adminToken()));
        tenant.keys().forEach(key -> secrets.add(tenant.tokenOf(key.id())));

        for (String page : List.of(
                "/console/clients/nightly-report",
                "/console/clients",
                "/console/credentials",
                "/console/connections/main",
                "/console/audit",
                "/console/overview")) {
            admin.open(page);
            assertThat(secrets).as(page).noneMatch(kept(admin)::contains);
        }
        for (int step = 0; step < 8; step++) {
            back(admin);
            assertThat(secrets).as(admin.page().url()).noneMatch(kept(admin)::contains);
        }
    }

    /** What came from a form and may not be kept is not there any more: the browser says so, and goes further back. */
    private static void back(Visitor visitor) {
        try {
            visitor.page().goBack();
        } catch (PlaywrightException nothingKept) {
            assertThat(nothingKept).hasMessageContaining("ERR_CACHE_MISS");
        }
    }

    /** All that is in a page and what the browser keeps for it, once it has come. */
    private static String kept(Visitor visitor) {
        return Awaitility.await()
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(PlaywrightException.class)
                .until(() -> keptNow(visitor), text -> true);
    }

    private static String keptNow(Visitor visitor) {
        String content = visitor.page().content();
        return visitor.page().url().startsWith("http")
                ? content
                        + visitor.page()
                                .evaluate(
                                        "location + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
                                                + " + [...document.querySelectorAll('input, textarea')].map(field => field.value)")
                : content;
    }

    @Test
    @Order(6)
    void keyboardAloneIsEnough(Visitors visitors) {
        Visitor admin = visitors.at(bridge.url()).open("/");
        Keys keys = new Keys(admin.page());
        keys.to("Client ID")
                .type("admin")
                .to("Client secret")
                .type(Product.ADMIN_SECRET)
                .enter();
        admin.reaches("Overview");
        assertThat(keys.to("Skip to the content").enter().focused()).isEqualTo("content");

        keys.to("Users").enter();
        admin.reaches("Users");
        keys.to("New user").enter();
        admin.reaches("New user");
        keys.to("Username")
                .type("carol")
                .to("Email")
                .type("not an address")
                .to("Save")
                .enter();
        admin.page().locator("[aria-invalid=true]").first().waitFor();
        assertThat(admin.field("Email").getAttribute("aria-invalid")).isEqualTo("true");
        keys.to("Email")
                .type("carol@example.org")
                .to("Enabled")
                .space()
                .to("Save")
                .enter();

        admin.sees("The user was saved");
        assertThat(bridge.get("/api/v1/users?username=carol").expect(200).text())
                .contains("\"enabled\":false");
    }

    @Test
    @Order(7)
    void pagesWorkWithoutJavaScript(Visitors visitors) {
        Visitor admin = visitors.withoutJavaScript(bridge.url()).signIn("admin", Product.ADMIN_SECRET);
        admin.follow("Users").follow("Import CSV");
        admin.field("CSV file")
                .setInputFiles(new FilePayload(
                        "users.csv",
                        "text/csv",
                        "username,subject:main\ndora,hr|4712\n".getBytes(StandardCharsets.UTF_8)));
        admin.press("Dry run").press("Import");
        admin.follow("Connections")
                .follow("main")
                .fill("As user", "dora")
                .press("Test connection")
                .sees("Warehouse stock")
                .sees("All checks passed");

        admin.open("/console/credentials?user=dora").press("Revoke").press("Revoke");

        assertThat(bridge.get("/api/v1/leases?user=dora&state=active")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        admin.press("Sign out");
        admin.field("Client secret").waitFor();
    }
}
