package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** People of one test, each at a browser of their own that remembers nothing of others. */
public final class Visitors {

    private final Browser browser;
    private final List<Visitor> all = new ArrayList<>();

    Visitors(Browser browser) {
        this.browser = browser;
    }

    /** @param url of the bridge, such as {@code http://127.0.0.1:8080} */
    public Visitor at(String url) {
        return enter(url, new Browser.NewContextOptions());
    }

    public Visitor withoutJavaScript(String url) {
        return enter(url, new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    private Visitor enter(String url, Browser.NewContextOptions options) {
        Visitor visitor =
                new Visitor(url, browser.newContext(options.setLocale("en-GB").setViewportSize(1280, 800)));
        all.add(visitor);
        return visitor;
    }

    /** Of a test that has failed, what each of them has before them. */
    void show(String name) {
        for (int index = 0; index < all.size(); index++) {
            all.get(index).photograph(Path.of("target/console/" + name + "-" + index + ".png"));
        }
    }

    /** @param content whether what their browsers have complained of is told */
    void leave(boolean content) {
        List<String> faults = new ArrayList<>();
        for (Visitor visitor : all) {
            faults.addAll(visitor.leave());
        }
        if (content) {
            assertThat(faults).as("what the browser complained of").isEmpty();
        }
    }
}
