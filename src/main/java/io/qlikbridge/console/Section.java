package io.qlikbridge.console;

/**
 * A link of the navigation. A module that has pages brings one as a bean.
 *
 * @param key its text is the message {@code section.<key>}
 * @param path where its pages begin, such as {@code /console/users}
 * @param order of two the lesser stands first
 */
public record Section(String key, String path, int order) {

    /** Whether a page of this path, behind the context path, belongs to it. */
    boolean has(String page) {
        return page.equals(path) || page.startsWith(path + "/");
    }
}
