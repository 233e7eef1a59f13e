package io.qlikbridge.consolesignin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds of all addresses of the console. */
class GuardedPagesTests {

    private final Product bridge = Product.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/console/sign-in", "/console/nowhere", "/console/assets/console.css"})
    void answerTellsBrowsersToLoadNothingFromElsewhereAndToFrameNothing(String path) {
        ConsolePage page = ConsoleBrowser.ofAdmin().page(path);

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cache-Control"))
                .isEqualTo(path.contains("/assets/") ? "max-age=604800, public" : "no-store");
    }

    @Test
    void pageHasNoScriptOrStyleOfItsOwn() {
        ConsolePage page = ConsoleBrowser.ofAdmin().page("/console/nowhere");

        assertThat(page.document().select("script:not([src]), style, [style], [onclick], [onload]"))
                .isEmpty();
        assertThat(page.document().select("[src], link[href]").eachAttr("abs:src"))
                .allSatisfy(address -> assertThat(address).matches("|" + bridge.url() + "/console/assets/.*"));
    }

    @Test
    void formThatIsTooLargeIsRefusedWithAPage() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

        ConsolePage page = browser.send(form(browser, "/console/sign-out", "a=" + "x".repeat(300_000)));

        page.expect(413);
    }

    /** The address, its body, or both are refused before anybody asks who sends them. */
    @ParameterizedTest
    @CsvSource({
        "GET /console/users/a;b=c, 400, encoded slash",
        "GET /console//users, 400, encoded slash",
        "POST /console/users/import, 413, 64 MB at most",
        "POST /console/audit, 413, at most"
    })
    void requestThatIsRefusedBeforeTheConsoleIsShownAPageByABrowserAlone(String request, int status, String told)
            throws IOException {
        String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (status == 413 ? "Content-Type: text/csv\r\nContent-Length: 70000000\r\n" : "");

        assertThat(answer(request + end + "Accept: text/html,*/*;q=0.8\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("<!DOCTYPE html>", told, "script-src 'self'", "X-Frame-Options: DENY", "no-store")
                .doesNotContain("{\"type\"");
        assertThat(answer(request + end + "Accept: */*\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", told)
                .doesNotContain("<html");
    }

    private String answer(String request) throws IOException {
        URI url = URI.create(bridge.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void strangersFormIsReadNoFurtherThanItHasToBe() {
        ConsoleBrowser stranger = new ConsoleBrowser(bridge.url());

        stranger.send(form(stranger, "/console/users/new", "a=" + "x".repeat(20_000)))
                .expect(413);
        stranger.send(form(stranger, "/console/sign-in", "a=" + "x".repeat(20_000)))
                .expect(413);
    }

    @Test
    void formAfterTheSessionHasEndedLeadsToTheSignInAndSaysWhy() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
        ConsolePage page = browser.page("/console/nowhere");
        browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("bridge-session"))
                .toList()
                .forEach(cookie -> browser.cookies().getCookieStore().remove(null, cookie));

        page.formOf("Sign out").attr("action", "/console/users/new");
        ConsolePage after = browser.submit(page, "Sign out", Map.of());

        assertThat(after.path()).startsWith("/console/sign-in");
        assertThat(after.text()).contains("what you sent was not done");
    }

    @Test
    void everyPageWantsASessionButThoseToSignInAndOut() {
        Set<String> open = new TreeSet<>();
        for (RequestMappingHandlerMapping mapping : bridge.beans(RequestMappingHandlerMapping.class)) {
            for (RequestMappingInfo handler : mapping.getHandlerMethods().keySet()) {
                for (String pattern : handler.getPatternValues()) {
                    if (pattern.startsWith("/console")) {
                        ConsoleBrowser stranger = new ConsoleBrowser(bridge.url());
                        String path = pattern.replaceAll("\\{[^/]*}|\\*\\*", "x");
                        if (pattern.startsWith("/console/sign-in")
                                || !stranger.page(path).path().startsWith("/console/sign-in")) {
                            open.add(pattern);
                        }
                    }
                }
            }
        }

        assertThat(open)
                .allMatch(pattern -> pattern.startsWith("/console/sign-in") || pattern.equals("/console/sign-out"));
        assertThat(open).contains("/console/sign-in");
    }

    @Test
    void bearerTokenOpensNoPage() {
        ConsoleBrowser browser = new ConsoleBrowser(bridge.url());

        ConsolePage page = browser.send(HttpRequest.newBuilder(browser.address("/console/nowhere"))
                .header("Authorization", "Bearer " + bridge.adminToken()));

        assertThat(page.path()).startsWith("/console/sign-in");
    }

    @Test
    void cookieOpensNoAddressOfTheApi() {
        ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

        browser.page("/api/v1/clients").expect(401);
    }

    private static HttpRequest.Builder form(ConsoleBrowser browser, String path, String form) {
        return HttpRequest.newBuilder(browser.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }
}
