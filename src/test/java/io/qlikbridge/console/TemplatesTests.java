package io.qlikbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no template may have. */
class TemplatesTests {

    private static final Pattern TAG =
            Pattern.compile("<[a-zA-Z][\\w:-]*(?:\\s+[\\w:.-]+(?:\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))?)*\\s*/?>");
    private static final Pattern CONDITION = Pattern.compile("\\sth:(?:if|unless|each)=");
    private static final Pattern FRAGMENT = Pattern.compile("\\sth:(?:insert|replace)=");

    /** What the Content-Security-Policy forbids, and texts that are not escaped. */
    private static final Pattern UNSAFE = Pattern.compile(
            "\\s(?:style|on[a-z]+|th:(?:utext|style|on[a-z]+)|hx-on[\\w:-]*|hx-vals)\\s*=|<script(?![^>]*\\bth:src=)");

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates/console"))) {
            return files.sorted().toList();
        }
    }

    /** Thymeleaf brings the fragment first, and the tag that had the condition is gone. */
    @ParameterizedTest
    @MethodSource("templates")
    void conditionOfAFragmentIsOnATagAroundIt(Path template) throws IOException {
        List<String> unconditional = new ArrayList<>();
        TAG.matcher(Files.readString(template))
                .results()
                .map(tag -> tag.group())
                .filter(tag ->
                        CONDITION.matcher(tag).find() && FRAGMENT.matcher(tag).find())
                .forEach(unconditional::add);

        assertThat(unconditional).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void nothingIsRunOrStyledInAPage(Path template) throws IOException {
        assertThat(UNSAFE.matcher(Files.readString(template)).results().map(found -> found.group()))
                .isEmpty();
    }

    @Test
    void thereAreTemplates() throws IOException {
        assertThat(templates()).hasSizeGreaterThan(10);
    }
}
