package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each {@code package-info.java} says what its package is and names its neighbours; the table in {@code docs/packages.md} says
 * the same, and {@code -Dpackages=write} writes it. The README names each of them.
 */
class PackagesTests {

    /** Of these the front door has one line for all. */
    private static final String OF_THE_CONSOLE = "console.+";

    private static final String START = "<!-- packages -->\n";
    private static final String END = "<!-- /packages -->";
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    private static final Path SOURCES = Path.of("src/main/java/io/qlikbridge");
    private static final int MOST_TYPES = 20;

    private static final Pattern SENTENCE = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*@ApplicationModule\\(");
    private static final Pattern NEIGHBOURS = Pattern.compile("(?s)allowedDependencies\\s*=\\s*(\\{.*?}|\"\\w+\")");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");

    private final Map<String, Package> packages = read();

    @Test
    void noPackageHasMoreThanTwentyTypes() throws IOException {
        Map<String, Integer> types = new TreeMap<>();
        for (String name : packages.keySet()) {
            types.put(name, typesIn(SOURCES.resolve(name)).size());
        }

        assertThat(types)
                .isNotEmpty()
                .allSatisfy((name, count) ->
                        assertThat(count).as("types in " + name).isBetween(1, MOST_TYPES));
    }

    @Test
    void noTwoTypesHaveOneName() throws IOException {
        List<String> names = new ArrayList<>(typesIn(SOURCES));
        for (String name : packages.keySet()) {
            names.addAll(typesIn(SOURCES.resolve(name)));
        }

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void readmeNamesEachPackageOnce() throws IOException {
        String document = Files.readString(Path.of("README.md"));
        String table = document.substring(document.indexOf(START), document.indexOf(END));

        assertThat(QUOTED.matcher(table).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(packages.keySet().stream()
                        .filter(name -> !name.matches(OF_THE_CONSOLE))
                        .toList());
    }

    @Test
    void listSaysWhichOthersEachPackageUses() throws IOException {
        List<String> rows = new ArrayList<>(List.of("| Package | What it is | Uses |", "| --- | --- | --- |"));
        fromTheBottom()
                .forEach(one -> rows.add(one.cells() + " | "
                        + one.uses().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + " |"));
        assertTable(Path.of("docs/packages.md"), rows);
    }

    private List<Package> fromTheBottom() {
        return packages.values().stream()
                .sorted(Comparator.comparing(this::floor).thenComparing(Package::name))
                .toList();
    }

    /** A package stands above all that it uses. */
    private int floor(Package one) {
        return one.uses().stream()
                .mapToInt(used -> 1 + floor(packages.get(used)))
                .max()
                .orElse(0);
    }

    private static void assertTable(Path file, List<String> rows) throws IOException {
        String document = Files.readString(file);
        assertThat(document).contains(START, END);
        int from = document.indexOf(START) + START.length();
        int to = document.indexOf(END);
        if ("write".equals(System.getProperty("packages"))) {
            document = document.substring(0, from) + String.join("\n", rows) + "\n" + document.substring(to);
            Files.writeString(file, document);
            to = document.indexOf(END);
        }
        assertThat(document.substring(from, to).lines())
                .as(file + "; -Dpackages=write writes it anew")
                .containsExactlyElementsOf(rows);
    }

    private static Map<String, Package> read() {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            return folders.filter(Files::isDirectory)
                    .map(PackagesTests::read)
                    .collect(Collectors.toMap(Package::name, one -> one, (one, other) -> one, TreeMap::new));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Package read(Path folder) {
        String name = folder.getFileName().toString();
        try {
            String text = Files.readString(folder.resolve("package-info.java"));
            Matcher sentence = SENTENCE.matcher(text);
            Matcher neighbours = NEIGHBOURS.matcher(text);
            assertThat(sentence.find()).as("a sentence in " + name).isTrue();
            assertThat(neighbours.find()).as("the neighbours of " + name).isTrue();
            List<String> uses = NAME.matcher(neighbours.group(1))
                    .results()
                    .map((MatchResult used) -> used.group(1))
                    .toList();
            String said = sentence.group(1).replaceAll("\\s*\\*?\\s+", " ").strip();
            assertThat(said).as("the sentence of " + name).endsWith(".");
            return new Package(name, said.substring(0, said.length() - 1), uses);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> typesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
                    .toList();
        }
    }

    private record Package(String name, String sentence, List<String> uses) {

        private String cells() {
            return "| `" + name + "` | " + sentence;
        }
    }
}
