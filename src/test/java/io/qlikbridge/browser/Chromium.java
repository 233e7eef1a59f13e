package io.qlikbridge.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Chromium of this machine. Any thread may drive it, but one at a time.
 *
 * @param playwright the process between this one and the browser
 */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

    private static final List<String> USUAL = List.of(
            // without what draws windows, and for a third of the processor time
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    /** Nothing that a browser does of its own accord, and no processor of graphics. */
    private static final List<String> QUIET = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--font-render-hinting=none");

    /** The one that {@code CHROMIUM} names, or else where systems have it. */
    static Optional<Path> program() {
        String named = System.getenv("CHROMIUM");
        return (named == null ? USUAL : List.of(named))
                .stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    static Chromium start(Path program) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program)
                                    // Chromium refuses to have one as root
                                    .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                                    .setArgs(QUIET)));
        } catch (RuntimeException failed) {
            playwright.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
