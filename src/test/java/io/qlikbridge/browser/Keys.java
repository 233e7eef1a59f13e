package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** Somebody's keyboard, who has no mouse, and needs to see what a key would go to. */
final class Keys {

    /** More than any page has things to go to. */
    private static final int MOST = 100;

    private static final String NAME = """
            () => {
                const at = document.activeElement;
                const label = at.labels && at.labels.length ? at.labels[0] : at;
                return at.getAttribute('aria-label') || (at.id === 'content' ? at.id : label.textContent.trim());
            }""";

    private static final String OUTLINE = """
            () => {
                const style = getComputedStyle(document.activeElement);
                return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
            }""";

    private final Page page;

    Keys(Page page) {
        this.page = page;
    }

    /** With the tabulator, from what is focused to what is called so; the focus can be seen all the way. */
    Keys to(String name) {
        for (int pressed = 0; pressed < MOST; pressed++) {
            page.keyboard().press("Tab");
            if (!isAtTheEnd()) {
                assertThat(((Number) page.evaluate(OUTLINE)).doubleValue())
                        .as("the outline of " + focused())
                        .isGreaterThanOrEqualTo(2);
            }
            if (focused().equals(name)) {
                return this;
            }
        }
        throw new AssertionError("The tabulator does not lead to " + name);
    }

    /** Behind the last thing of a page: it goes on with the first. */
    private boolean isAtTheEnd() {
        return (boolean) page.evaluate("document.activeElement === document.body");
    }

    /** In place of what is there. */
    Keys type(String text) {
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type(text);
        return this;
    }

    /** Goes on once the page has come that this leads to. */
    Keys enter() {
        page.locator(":focus").press("Enter");
        return this;
    }

    Keys space() {
        page.keyboard().press("Space");
        return this;
    }

    String focused() {
        return page.evaluate(NAME).toString();
    }
}
