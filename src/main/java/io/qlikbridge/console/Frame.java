package io.qlikbridge.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around each page.
 *
 * @param sections the navigation; none for whoever has not signed in
 * @param current the key of the section that the page belongs to
 * @param person the name of who has signed in
 * @param done the message about what was just done
 * @param assets changes with each version, so that browsers keep style sheet and scripts no longer
 */
public record Frame(
        List<Section> sections,
        @Nullable String current,
        @Nullable String person,
        @Nullable String done,
        String assets) {

    public Frame {
        sections = List.copyOf(sections);
    }
}
