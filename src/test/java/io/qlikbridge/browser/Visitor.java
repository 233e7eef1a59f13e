package io.qlikbridge.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;

/** Somebody at a browser, who finds things by what they are called, and whose clicks and fields are counted. */
public final class Visitor {

    private static final double PATIENCE_MS = 60_000;

    private final String url;
    private final BrowserContext browser;
    private final Complaints complaints;
    private final Page page;
    private int acts;

    Visitor(String url, BrowserContext browser) {
        this.url = url;
        this.browser = browser;
        this.complaints = Complaints.of(browser, url);
        browser.setDefaultTimeout(PATIENCE_MS);
        this.page = browser.newPage();
    }

    public Page page() {
        return page;
    }

    public BrowserContext browser() {
        return browser;
    }

    /** Requests to another origin are wanted here, such as an issuer's. */
    public Visitor mayVisit(String origin) {
        complaints.allow(origin);
        return this;
    }

    /** @param path such as {@code /console/users} */
    public Visitor open(String path) {
        page.navigate(url + path);
        return this;
    }

    /** By the form for a client and its secret. */
    public Visitor signIn(String client, String secret) {
        open("/console/");
        fill("Client ID", client);
        fill("Client secret", secret);
        press("Sign in");
        find(AriaRole.BUTTON, "Sign out").waitFor();
        return this;
    }

    public Visitor follow(String link) {
        return act(find(AriaRole.LINK, link)::click);
    }

    public Visitor press(String button) {
        return act(find(AriaRole.BUTTON, button)::click);
    }

    public Visitor fill(String label, String value) {
        return act(() -> field(label).fill(value));
    }

    /** @param option its text */
    public Visitor choose(String label, String option) {
        return act(() -> field(label).selectOption(option));
    }

    public Visitor tick(String label) {
        return act(field(label)::check);
    }

    /** Anything else that takes one click. */
    public Visitor act(Runnable act) {
        acts++;
        act.run();
        return this;
    }

    /** How many clicks and fields so far. */
    public int acts() {
        return acts;
    }

    public Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    public Locator find(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until the page shows this. */
    public Visitor sees(String text) {
        page.locator(".page").getByText(text).first().waitFor();
        return this;
    }

    /** Waits until the page is the one with this at its head. */
    public Visitor reaches(String heading) {
        find(AriaRole.HEADING, heading).waitFor();
        return this;
    }

    /** What the page shows now. */
    public String text() {
        return page.locator("body").innerText();
    }

    /** The whole page, as far as it goes down. */
    void photograph(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** @return what the browser complained of; the test fails of it, unless it was forgiven */
    List<String> leave() {
        browser.close();
        return complaints.all();
    }

    /** What the browser has complained of was wanted. */
    void forgive() {
        complaints.forget();
    }
}
