package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a page is looked at. */
enum Look {
    WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
    WIDE_DARK(1280, 800, ColorScheme.DARK),
    NARROW_DARK(390, 844, ColorScheme.DARK),
    NARROW_LIGHT(390, 844, ColorScheme.LIGHT);

    /** In CSS pixels: a page of 1280 at 400 % (WCAG 2.2, success criterion 1.4.10). */
    private static final int NARROWEST = 320;

    /** Of axe's: what keeps people from using the page, or makes it hard. */
    private static final Set<String> SERIOUS = Set.of("critical", "serious");

    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final int width;
    private final int height;
    private final ColorScheme colours;

    Look(int width, int height, ColorScheme colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
    }

    /**
     * Writes {@code target/console/<name>-<look>.png} for every look, and finds nothing that is wrong: with both sizes and both colour
     * schemes, of which two looks have all.
     */
    static void all(Visitor visitor, String name) {
        WIDE_LIGHT.once(visitor, name);
        WIDE_DARK.photograph(visitor, name);
        NARROW_LIGHT.photograph(visitor, name);
        NARROW_DARK.once(visitor, name);
        visitor.page().setViewportSize(NARROWEST, WIDE_LIGHT.height);
        assertFits(visitor.page(), NARROWEST);
        WIDE_LIGHT.at(visitor);
    }

    /**
     * What fits on a screen, for the README: {@code target/console/picture-<name>.png}, in its place as well when the property {@code
     * pictures} says {@code write}.
     */
    static void picture(Visitor visitor, String name) {
        WIDE_LIGHT.at(visitor);
        Path whole = Path.of("target/console/whole-" + name + ".png");
        Path small = Path.of("target/console/picture-" + name + ".png");
        visitor.page().screenshot(new Page.ScreenshotOptions().setPath(whole));
        try {
            SmallPicture.write(whole, small);
            if ("write".equals(System.getProperty("pictures"))) {
                Files.copy(small, Path.of("docs/images/console-" + name + ".png"), StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(Files.size(small)).isLessThan(SmallPicture.MOST_BYTES);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same for this look alone. */
    void once(Visitor visitor, String name) {
        photograph(visitor, name);
        assertThat(findings(visitor.page())).as(name + " " + suffix()).isEmpty();
    }

    private void photograph(Visitor visitor, String name) {
        at(visitor);
        visitor.photograph(picture(name));
        assertFits(visitor.page(), width);
    }

    void at(Visitor visitor) {
        visitor.page()
                .emulateMedia(new Page.EmulateMediaOptions()
                        .setColorScheme(colours)
                        // nothing is halfway between two colours
                        .setReducedMotion(ReducedMotion.REDUCE));
        visitor.page().setViewportSize(width, height);
    }

    /** Nobody has to scroll sideways. */
    private static void assertFits(Page page, int width) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels that a page of " + width + " is too wide")
                .isEqualTo(0);
    }

    private static List<String> findings(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        // what is right on a page is some megabytes
        options.setResultTypes(List.of("violations"));
        // legacy: without a page of its own to gather what it has found in frames, of which there are none
        return new AxeBuilder(page)
                .options(options).setLegacyMode(true).withTags(STANDARDS).analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(Look::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    Path picture(String name) {
        return Path.of("target/console/" + name + "-" + suffix() + ".png");
    }

    private String suffix() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
