package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import io.qlikbridge.Product;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who means ill tries at the console of replicas that take turns. */
@BrowserTest
class ConsoleAttackTests {

    private static final String SESSION = "bridge-session";

    /** The address of the page. */
    private static final String HTMX = "htmx-current-path-for-history";

    private static RoundRobin replicas;

    @BeforeAll
    static void start() {
        replicas = RoundRobin.over(Product.replicas());
    }

    @AfterAll
    static void stop() {
        if (replicas != null) {
            replicas.close();
        }
    }

    private static Product bridge() {
        return Product.replicas().getFirst();
    }

    private static Visitor admin(Visitors visitors) {
        return visitors.at(replicas.url()).signIn("admin", Product.ADMIN_SECRET);
    }

    @Test
    void everyPageIsServedByWhicheverReplicaIsNext(Visitors visitors) {
        Visitor admin = admin(visitors);
        int before = replicas.asked();

        for (String section : List.of("Connections", "Users", "Credentials", "Clients", "Audit", "Overview")) {
            admin.follow(section).reaches(section);
        }

        assertThat(replicas.asked() - before).isGreaterThanOrEqualTo(6);
    }

    @Test
    void signOutEndsTheSessionAtEveryReplicaAndBehindTheBackButton(Visitors visitors) {
        String user = Product.name("kept-from-view");
        String page = "/console/users/"
                + bridge().post("/api/v1/users", Map.of("username", user))
                        .expect(201)
                        .json()
                        .path("id")
                        .asString();
        Visitor admin = admin(visitors).open(page).sees(user);
        List<Cookie> cookies = admin.browser().cookies();

        admin.press("Sign out").sees("You have signed out");
        admin.page().goBack();
        admin.field("Client secret").waitFor();
        assertThat(admin.page().content()).doesNotContain(user);
        for (int replica = 0; replica < 3; replica++) {
            admin.browser().clearCookies();
            admin.browser().addCookies(cookies);
            admin.open(page).field("Client secret").waitFor();
            assertThat(admin.page().content()).doesNotContain(user);
        }
    }

    @Test
    void sessionThatWasThereBeforeTheSignInIsNotSignedIn(Visitors visitors) {
        Visitor attacker = admin(visitors);
        Cookie planted = session(attacker);
        attacker.press("Sign out").sees("You have signed out");
        Visitor victim = visitors.at(replicas.url());
        victim.browser().addCookies(List.of(planted));

        victim.signIn("admin", Product.ADMIN_SECRET);

        assertThat(session(victim).value).isNotEqualTo(planted.value);
        attacker.browser().addCookies(List.of(planted));
        attacker.open("/console/users").field("Client secret").waitFor();
    }

    @Test
    void cookieOfTheSessionIsOutOfReachOfScripts(Visitors visitors) {
        Visitor admin = admin(visitors);

        assertThat(session(admin).httpOnly).isTrue();
        assertThat(session(admin).sameSite.name()).isEqualTo("LAX");
        assertThat(admin.page().evaluate("document.cookie").toString()).doesNotContain(SESSION);
        assertThat(stored(admin)).isSubsetOf(HTMX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void formOfAnotherOriginChangesNothing(String host, Visitors visitors) throws IOException {
        String user = Product.name("forged");
        Visitor admin = admin(visitors);
        try (StrangePage strange = StrangePage.of("""
                <form method="post" action="%s/console/users">
                <input name="username" value="%s"><button>Win</button></form>""".formatted(replicas.url(), user))) {
            admin.mayVisit(strange.url(host)).page().navigate(strange.url(host));
            admin.press("Win");
            admin.page().waitForURL(replicas.url() + "/**");
        }

        assertThat(bridge().get("/api/v1/users/" + user).status()).isEqualTo(404);
    }

    @Test
    void pageInAFrameOfAnotherOriginIsEmpty(Visitors visitors) throws IOException {
        Visitor admin = admin(visitors);
        try (StrangePage strange = StrangePage.of("<iframe src='" + replicas.url() + "/console/users'></iframe>")) {
            admin.mayVisit(strange.url("127.0.0.1")).page().navigate(strange.url("127.0.0.1"));

            assertThat(admin.page().frames()).hasSize(2).last().satisfies(frame -> {
                frame.waitForLoadState();
                assertThat(frame.locator("body").innerText()).doesNotContain("Users", "Sign");
            });
        }
        admin.forgive();
    }

    private static Cookie session(Visitor visitor) {
        return visitor.browser().cookies().stream()
                .filter(cookie -> cookie.name.endsWith(SESSION))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<String> stored(Visitor visitor) {
        return (List<String>) visitor.page().evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]");
    }
}
