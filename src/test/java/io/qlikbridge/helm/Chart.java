package io.qlikbridge.helm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Helm chart, and what Helm's own engine makes of it. */
final class Chart {

    static final Path FOLDER = Path.of("helm/qlik-identity-bridge");
    static final Path SETS = Path.of("src/test/resources/helm");
    static final String RELEASE = "bridge";
    static final String NAMESPACE = "qlik";
    /** The oldest that the chart is for. */
    private static final String KUBERNETES = "1.30.0";

    private Chart() {}

    /** Skips the tests where there is no engine for the platform: anything but Linux with glibc, macOS and Windows, 64 bit. */
    static void needsEngine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64");
        boolean known = system.startsWith("linux") && (processor.equals("amd64") || arm) && !musl()
                || system.startsWith("mac")
                || system.startsWith("windows") && processor.equals("amd64");
        assumeTrue(known, "Helm's engine is not there for " + system + " " + processor + (musl() ? " with musl" : ""));
    }

    private static boolean musl() {
        try (Stream<Path> libraries = Files.isDirectory(Path.of("/lib")) ? Files.list(Path.of("/lib")) : Stream.of()) {
            return libraries.anyMatch(
                    library -> library.getFileName().toString().startsWith("ld-musl"));
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The names of the notable sets of values. */
    static Stream<String> sets() {
        return Stream.of("minimal", "production", "gateway", "single");
    }

    static Path values(String set) {
        return SETS.resolve(set + ".values.yaml");
    }

    static String rendered(String set) {
        return rendered(values(set));
    }

    /** What Helm would apply, without white space at the ends of lines. */
    static String rendered(Path... values) {
        var command = new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        for (Path file : values) {
            command.withValuesFile(file);
        }
        return stripped(command.call());
    }

    static List<Map<String, Object>> objects(String set) {
        return objectsIn(rendered(set));
    }

    static List<Map<String, Object>> objectsIn(String rendered) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object object : yaml().loadAll(rendered)) {
            if (object != null) {
                objects.add(map(object));
            }
        }
        return objects;
    }

    /** What Helm tells who installs a set. */
    static String notes(String set) {
        return stripped(new Helm(FOLDER)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values(set))
                .clientOnly()
                .dryRun()
                .call()
                .getOutput());
    }

    /** Lints the chart with a set as its own values, in a copy. */
    static LintResult lint(String set, Path empty) throws IOException {
        Path copy = empty.resolve("qlik-identity-bridge");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(FOLDER.relativize(file).toString()));
            }
        }
        Map<String, Object> merged = merged(load(FOLDER.resolve("values.yaml")), load(values(set)));
        Files.writeString(copy.resolve("values.yaml"), yaml().dump(merged));
        return new Helm(copy).lint().strict().call();
    }

    static Map<String, Object> load(Path file) {
        try {
            return map(yaml().load(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads YAML that gives no name twice. */
    static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object) {
        return (Map<String, Object>) object;
    }

    private static Map<String, Object> merged(Map<String, Object> defaults, Map<String, Object> values) {
        Map<String, Object> merged = new LinkedHashMap<>(defaults);
        values.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map && merged.get(name) instanceof Map) {
                merged.put(name, merged(map(merged.get(name)), map(value)));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }

    private static String stripped(String text) {
        return String.join("\n", text.lines().map(String::stripTrailing).toList())
                        .strip() + "\n";
    }
}
