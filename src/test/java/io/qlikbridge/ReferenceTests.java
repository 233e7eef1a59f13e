package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of {@code docs/reference.md} say what the code says: its properties are those of the metadata that the configuration
 * processor makes of the Javadoc, its calls and problem codes those of the API's description. {@code -Dreference=write} writes them.
 */
class ReferenceTests {

    private static final Path REFERENCE = Path.of("docs/reference.md");
    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    /** Of types that stand for the elements of a list, one file for each type. */
    private static final Path METADATA_OF_ELEMENTS = Path.of("target/classes/META-INF/spring/configuration-metadata");

    private static final Pattern GENERIC = Pattern.compile("java\\.util\\.(List|Map)<(.*)>");
    private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^}]*)}");
    private static final Pattern METER = Pattern.compile(
            "\\b(?:(?:Timer|Counter|Gauge|MultiGauge|FunctionCounter)\\.builder\\(|String metric\\(\\) \\{\\s*return)"
                    + "\\s*(\"[^\"]*\"|[A-Z_]+)");
    private static final Pattern METER_ROW = Pattern.compile("(?m)^\\| `[a-z_]+` \\| `([a-z.]+)` \\|");

    @Test
    void propertiesAreThoseOfTheCode() throws IOException {
        assertTable("properties", properties());
    }

    @Test
    void callsAreThoseOfTheDescription() throws IOException {
        assertTable("calls", calls());
    }

    @Test
    void problemCodesAreThoseOfTheDescription() throws IOException {
        assertTable("problems", problems());
    }

    @Test
    void metricsAreThoseOfTheCode() throws IOException {
        Set<String> documented = METER_ROW
                .matcher(Files.readString(Path.of("docs/observe.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(meters());
    }

    private static void assertTable(String name, List<String> now) throws IOException {
        String start = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->";
        String document = Files.readString(REFERENCE);
        int from = document.indexOf(start) + start.length();
        int to = document.indexOf(end);
        assertThat(document).contains(start, end);
        if ("write".equals(System.getProperty("reference"))) {
            document = document.substring(0, from) + String.join("\n", now) + "\n" + document.substring(to);
            Files.writeString(REFERENCE, document);
            to = document.indexOf(end);
        }

        assertThat(document.substring(from, to).lines())
                .as(
                        "The code has other %s than %s. If it should: ./mvnw test -Dtest=ReferenceTests"
                                + " -Dreference=write, and look at what changed",
                        name, REFERENCE)
                .containsExactlyElementsOf(now);
    }

    private static List<String> properties() throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode property : read(METADATA).path("properties")) {
            String name = property.path("name").asString();
            String type = property.path("type").asString();
            Matcher generic = GENERIC.matcher(type);
            Path elements = METADATA_OF_ELEMENTS.resolve((generic.matches() ? generic.group(2) : type) + ".json");
            if (Files.exists(elements)) {
                for (JsonNode element : read(elements).path("properties")) {
                    rows.add(row(name + "[]." + element.path("name").asString(), element));
                }
            } else {
                rows.add(row(name, property));
            }
        }
        rows.sort(Comparator.comparing(row -> row.split("`")[1]));
        rows.addAll(0, List.of("| Property, environment variable | Type | Default | |", "| --- | --- | --- | --- |"));
        return rows;
    }

    private static String row(String name, JsonNode property) {
        String type = property.path("type").asString();
        String variable = name.toUpperCase(Locale.ROOT).replace("[]", "_0").replaceAll("[.-]", "_");
        // the key of a map may be anything, which no name of a variable can
        String names = type.startsWith("java.util.Map") ? "`" + name + ".[…]`" : "`" + name + "`<br>`" + variable + "`";
        return "| " + names + " | " + kind(type) + " | " + defaultOf(property.path("defaultValue")) + " | "
                + sentence(property.path("description").asString("")) + " |";
    }

    /** What is written for a value of this type. */
    private static String kind(String type) {
        Matcher generic = GENERIC.matcher(type);
        if (generic.matches()) {
            return generic.group(1).equals("Map") ? kind(generic.group(2).split(",")[1]) : "list";
        }
        return switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "String" -> "text";
            case "Integer", "Double" -> "number";
            case "Boolean" -> "`true` or `false`";
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            default -> constants(type);
        };
    }

    private static String constants(String type) {
        try {
            return Arrays.stream(Class.forName(type).getEnumConstants())
                    .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException(type, unknown);
        }
    }

    private static String defaultOf(JsonNode value) {
        // of a list as Java prints it
        String text = value.asString("").replaceAll("^\\[(.*)]$", "$1").replace(", ", ",");
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** What Javadoc says, in Markdown. */
    private static String sentence(String description) {
        return CODE.matcher(description).replaceAll("`$1`").replace("|", "\\|");
    }

    private static List<String> calls() {
        List<String> rows = new ArrayList<>();
        description()
                .path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    if (operation.has("summary")) {
                        rows.add("| `" + method.toUpperCase(Locale.ROOT) + " " + path + "` | "
                                + sentence(operation.path("summary").asString()) + " | " + scope(operation) + " |");
                    }
                }));
        rows.sort(Comparator.comparing((String row) -> row.split("[ `]+")[2]).thenComparing(Comparator.naturalOrder()));
        rows.addAll(0, List.of("| Call | What it does | Scope |", "| --- | --- | --- |"));
        return rows;
    }

    private static String scope(JsonNode operation) {
        return operation
                .path("security")
                .valueStream()
                .flatMap(way -> way.path("client").valueStream())
                .map(scope -> "`" + scope.asString() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static JsonNode description() {
        return Product.shared().get("/v3/api-docs").expect(200).json();
    }

    private static List<String> problems() {
        Stream<String> rows = description()
                .path("components")
                .path("examples")
                .valueStream()
                .filter(example ->
                        example.path("value").path("type").asString("").startsWith("urn:qlik-bridge:problem:"))
                .sorted(Comparator.comparing((JsonNode example) ->
                                example.path("value").path("status").asInt())
                        .thenComparing(
                                example -> example.path("value").path("code").asString()))
                .map(example -> {
                    JsonNode problem = example.path("value");
                    return "| `" + problem.path("code").asString() + "` | "
                            + problem.path("status").asInt() + " | "
                            + sentence(example.path("summary").asString()) + " | "
                            + sentence(problem.path("detail").asString()) + " |";
                });
        return Stream.concat(
                        Stream.of("| Code | Status | When | `detail`, for example |", "| --- | --- | --- | --- |"),
                        rows)
                .toList();
    }

    /** The names of the meters that the code makes. */
    private static Set<String> meters() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                METER.matcher(source)
                        .results()
                        .map(meter -> nameOf(meter, source))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String nameOf(MatchResult meter, String source) {
        String name = meter.group(1);
        if (!name.startsWith("\"")) {
            Matcher constant =
                    Pattern.compile("String " + name + " = (\"[^\"]*\");").matcher(source);
            assertThat(constant.find()).as(name).isTrue();
            name = constant.group(1);
        }
        return name.substring(1, name.length() - 1);
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
