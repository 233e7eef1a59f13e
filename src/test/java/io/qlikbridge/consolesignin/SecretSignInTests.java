package io.qlikbridge.consolesignin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OneAtATime
class SecretSignInTests {

    private final Product bridge = Product.undisturbed();

    @Test
    void pageLeadsToTheSignInAndBack() {
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        ConsolePage page = browser.page("/console/nowhere?a=b");

        assertThat(page.path()).startsWith("/console/sign-in?next=");
        ConsolePage after =
                browser.submit(page, "Sign in", Map.of("clientId", "admin", "clientSecret", Product.ADMIN_SECRET));
        assertThat(after.path()).isEqualTo("/console/nowhere?a=b");
        after.expect(404);
        assertThat(after.text()).contains("admin", "Sign out");
    }

    @Test
    void signInWhenTheSecretIsWrongSaysSoAndKeepsTheClientId() {
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        ConsolePage page = browser.signIn("nobody-here", "wrong-secret-entered");

        page.expect(200);
        assertThat(page.text()).contains("The client ID or the client secret is wrong");
        assertThat(page.control("Client ID").attr("value")).isEqualTo("nobody-here");
        assertThat(page.html()).doesNotContain("wrong-secret-entered");
        assertThat(sessions(browser)).isEmpty();
    }

    @Test
    void signOutEndsTheSessionForWhoeverKeptTheCookie() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);
        List<HttpCookie> kept = sessions(browser);
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().isHttpOnly()).isTrue();

        ConsolePage after = browser.submit(browser.page("/console/nowhere"), "Sign out", Map.of());

        assertThat(after.text()).contains("You have signed out");
        ConsoleBrowser thief = new ConsoleBrowser(bridge.url());
        ConsolePage stolen = thief.send(HttpRequest.newBuilder(thief.address("/console/nowhere"))
                .header("Cookie", kept.getFirst().toString().split(";")[0]));
        assertThat(stolen.path()).startsWith("/console/sign-in");
    }

    @Test
    void formFromAnotherSiteIsRefused() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin(bridge);

        ConsolePage foreign = browser.send(HttpRequest.newBuilder(browser.address("/console/sign-out"))
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("")));
        ConsolePage unproved = browser.send(HttpRequest.newBuilder(browser.address("/console/sign-out"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("")));

        foreign.expect(403);
        unproved.expect(403);
        assertThat(foreign.text()).contains("another site");
        assertThat(browser.page("/console/nowhere").text()).contains("Sign out");
    }

    @Test
    void nextPageIsOneOfOurs() {
        for (String wanted : List.of(
                "https://evil.example.org/",
                "//evil.example.org/console/x",
                "/console/../api/v1/me",
                "/console/%2e%2e/x",
                "/console/\\evil.example.org",
                "javascript:alert(1)",
                "/console/sign-out",
                "/api/v1/users")) {
            assertThat(WantedPage.after(wanted)).as(wanted).isEqualTo("/console/overview");
        }
        assertThat(WantedPage.after("/console/users/a%2Fb?search=x&after=y"))
                .isEqualTo("/console/users/a%2Fb?search=x&after=y");
    }

    @Test
    void rootLeadsBrowsersAloneToTheConsole() {
        assertThat(new ConsoleBrowser(bridge.url()).page("/").path()).startsWith("/console/sign-in");
        bridge.get("/").expectProblem(404, "not-found");
    }

    private static List<HttpCookie> sessions(ConsoleBrowser browser) {
        return browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().endsWith("bridge-session"))
                .toList();
    }
}
