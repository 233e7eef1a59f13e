package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents point to is there. */
class DocumentsTests {

    /** {@code `Class.method`}, {@code `Class`}, or {@code `.method`} of the class named before. */
    private static final Pattern EVIDENCE = Pattern.compile("`(?:([A-Z]\\w+)(?:\\.([a-z]\\w+))?|\\.([a-z]\\w+))`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    @ParameterizedTest
    @ValueSource(strings = {"SECURITY.md", "docs/asvs.md"})
    void testsThatAreNamedAsEvidenceAreThere(String document) throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        String named = "";
        Matcher evidence = EVIDENCE.matcher(Files.readString(Path.of(document)));
        while (evidence.find()) {
            named = evidence.group(1) == null ? named : evidence.group(1);
            String method = evidence.group(2) == null ? evidence.group(3) : evidence.group(2);
            boolean ours = named.endsWith("Tests") || named.endsWith("IT");
            String source = sources.get(named);
            if (source == null ? ours : method != null && !source.contains(" " + method + "(")) {
                missing.add(named + (method == null ? "" : "." + method));
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(withoutCode(document));
            while (links.find()) {
                String link = links.group(1);
                if (!link.contains("://") && !isThere(document, link)) {
                    broken.add(document + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static boolean isThere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty()
                ? document
                : document.toAbsolutePath().getParent().resolve(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    /** As GitHub makes them: lower case, words and hyphens alone, blanks become hyphens. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(withoutCode(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> chart = Files.walk(Path.of("helm"));
                Stream<Path> bench = Files.walk(Path.of("bench"))) {
            return Stream.of(top, docs, chart, bench)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** Every class of ours, by its simple name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
