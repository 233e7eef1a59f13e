package io.qlikbridge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart and its guides tell is so. */
class ChartGuideTests {

    private static final Pattern YAML = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([a-zA-Z.]+)`");

    @BeforeAll
    static void engine() {
        Chart.needsEngine();
    }

    static Stream<String> sets() {
        return Chart.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void notesSayWhatToDoNext(String set) {
        String notes = Chart.notes(set);

        assertThat(notes)
                .contains("rollout status deployment/"
                        + (set.equals("gateway") ? "identity" : "bridge-qlik-identity-bridge"))
                .contains("/oauth2/token", "docs/qlik-cloud.md", "Keep a copy of the Secret ")
                .doesNotContain("%!", "<no value>");
        assertThat(notes.contains("secret bridge-admin ")).isEqualTo(set.equals("production"));
        assertThat(notes.contains("first admin\"")).isEqualTo(!set.equals("production") && !set.equals("gateway"));
        assertThat(notes.contains("replicaCount is 1")).isEqualTo(set.equals("single"));
        assertThat(notes.contains("prometheusRule.enabled is false"))
                .isEqualTo(!set.equals("production") && !set.equals("gateway"));
        assertThat(notes.contains("https://bridge.example.org")).isEqualTo(set.equals("production"));
    }

    @Test
    void chartIsOfTheProjectsVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        var version = Pattern.compile("<artifactId>qlik-identity-bridge</artifactId>\\s*<version>(.*?)(-SNAPSHOT)?<")
                .matcher(pom);

        assertThat(version.find()).isTrue();
        assertThat(Chart.load(Chart.FOLDER.resolve("Chart.yaml")).get("appVersion"))
                .isEqualTo(version.group(1));
    }

    @Test
    void valuesOfTheGuideRender(@TempDir Path folder) throws IOException {
        Matcher values = YAML.matcher(Files.readString(Path.of("docs/kubernetes.md")));
        assertThat(values.find()).isTrue();

        String rendered = Chart.rendered(Files.writeString(folder.resolve("bridge.yaml"), values.group(1)));

        assertThat(KubernetesTypes.read(Chart.objectsIn(rendered)))
                .extracting(object -> object.getKind())
                .contains("Deployment", "Ingress", "NetworkPolicy", "ServiceMonitor", "PrometheusRule");
    }

    /** Each value is in the README's table, itself or by what it is part of, and each in the table is a value. */
    @Test
    void readmeHasEachValue() throws IOException {
        List<String> rows = Files.readString(Chart.FOLDER.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Set<String> described = new TreeSet<>();
        for (String row : rows) {
            CODE.matcher(row.split(" \\| ")[0])
                    .results()
                    .map(MatchResult::group)
                    .forEach(code -> described.add(code.replace("`", "")));
        }
        Set<String> values = new TreeSet<>();
        gather("", Chart.load(Chart.FOLDER.resolve("values.yaml")), values);

        assertThat(values)
                .filteredOn(value -> described.stream().noneMatch(name -> isWithin(value, name)))
                .isEmpty();
        assertThat(described)
                .filteredOn(name -> values.stream().noneMatch(value -> isWithin(value, name)))
                .isEmpty();
    }

    private static boolean isWithin(String value, String name) {
        return value.equals(name) || value.startsWith(name + ".");
    }

    private static void gather(String name, Object value, Set<String> names) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, below) -> gather(name.isEmpty() ? key.toString() : name + "." + key, below, names));
        } else {
            names.add(name);
        }
    }
}
