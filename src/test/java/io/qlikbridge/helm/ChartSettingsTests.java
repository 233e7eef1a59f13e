package io.qlikbridge.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings that the chart writes are those that the bridge reads. */
class ChartSettingsTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** Properties by their canonical name, with their types. */
    private static final Map<String, String> KNOWN = new TreeMap<>();
    /** Prefixes of the bridge's own properties, with the types that hold them. */
    private static final Map<String, String> GROUPS = new TreeMap<>();

    /** Given by reference to a Secret. */
    private static final Set<String> SECRETS = Set.of(
            "bridge.vault.keys",
            "bridge.vault.keysfile",
            "bridge.access.adminsecret",
            "bridge.proxy.username",
            "bridge.proxy.password");

    @BeforeAll
    static void metadata() throws IOException {
        Chart.needsEngine();
        for (URL file : Collections.list(ChartSettingsTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = file.openStream()) {
                JsonNode metadata = JSON.readTree(json);
                metadata.path("properties")
                        .forEach(property -> KNOWN.put(
                                canonical(property.path("name").asString("")),
                                property.path("type").asString("")));
                metadata.path("groups").forEach(group -> {
                    if (group.path("type").asString("").matches("io\\.qlikbridge\\.\\w+\\.\\w+")) {
                        GROUPS.put(
                                group.path("name").asString(""),
                                group.path("type").asString(""));
                    }
                });
            }
        }
    }

    static Stream<String> sets() {
        return Chart.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyPropertyIsKnown(String set) {
        assertThat(ChartSettings.of(set).keySet())
                .filteredOn(Predicate.not(ChartSettingsTests::isKnown))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void bridgeTakesEachValue(String set) {
        Map<String, Object> settings = ChartSettings.of(set);
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));

        assertThat(GROUPS).hasSizeGreaterThan(5);
        GROUPS.forEach((name, type) -> assertThatCode(() -> binder.bind(
                        name, Bindable.of(Class.forName(type)), new NoUnboundElementsBindHandler(BindHandler.DEFAULT)))
                .as(name)
                .doesNotThrowAnyException());
    }

    @Test
    void schemaKnowsEachPropertyOfTheBridge() throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
        Set<String> values = new TreeSet<>();
        gather("bridge", schema.path("properties").path("bridge"), values);

        assertThat(values)
                .as("bridge in values.schema.json, and the properties of the bridge")
                .containsExactlyInAnyOrderElementsOf(KNOWN.keySet().stream()
                        .filter(name -> name.startsWith("bridge.") && !SECRETS.contains(name))
                        .toList());
    }

    /** What a Secret mounts as files, and the ConfigMap, win over what is in the jar. */
    @Test
    void mountedFilesAreRead(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("application.yaml"), ChartSettings.text("production"));
        Path data = Files.createDirectories(folder.resolve("bridge/..data"));
        for (String property : mounted("production")) {
            Files.writeString(data.resolve(property), "of " + property + "\n");
            Files.createSymbolicLink(folder.resolve("bridge").resolve(property), Path.of("..data", property));
        }
        String imported = variable("production", "SPRING_CONFIG_IMPORT")
                .replace("/etc/bridge/config/application.yaml", config.toString())
                .replace("/run/secrets/bridge/", folder.resolve("bridge") + "/");
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "container", new HashMap<>(Map.of("spring.config.import", imported, "HOSTNAME", "bridge-0"))));

        ConfigDataEnvironmentPostProcessor.applyTo(environment);

        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("of spring.datasource.password");
        assertThat(environment.getProperty("bridge.vault.keys")).isEqualTo("of bridge.vault.keys");
        assertThat(environment.getProperty("bridge.access.admin-secret")).isEqualTo("of bridge.access.admin-secret");
        assertThat(environment.getProperty("spring.datasource.hikari.maximum-pool-size"))
                .isEqualTo("12");
        assertThat(environment.getProperty("spring.datasource.hikari.max-lifetime"))
                .isEqualTo("600000");
        assertThat(environment.getProperty("management.opentelemetry.resource-attributes.k8s.pod.name"))
                .isEqualTo("bridge-0");
        assertThat(environment.getProperty("spring.application.name")).isEqualTo("qlik-identity-bridge");
    }

    @Test
    void usernameComesFromTheSecretWhenItHasOne() {
        assertThat(mounted("gateway")).contains("spring.datasource.username");
        assertThat(ChartSettings.of("gateway")).doesNotContainKey("spring.datasource.username");
        assertThat(mounted("production")).doesNotContain("spring.datasource.username");
        assertThat(ChartSettings.of("production")).containsKey("spring.datasource.username");
    }

    /** The files that come from Secrets. */
    private static List<String> mounted(String set) {
        return KubernetesTypes.only(Deployment.class, KubernetesTypes.read(Chart.objects(set)))
                .getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes()
                .stream()
                .filter(volume -> volume.getName().equals("secrets"))
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .flatMap(source -> source.getSecret().getItems().stream())
                .map(KeyToPath::getPath)
                .toList();
    }

    private static String variable(String set, String name) {
        return Chart.rendered(set)
                .lines()
                .dropWhile(line -> !line.strip().equals("- name: " + name))
                .skip(1)
                .findFirst()
                .map(line -> line.strip().replace("value: ", ""))
                .orElseThrow();
    }

    private static boolean isKnown(String property) {
        String name = canonical(property);
        return KNOWN.containsKey(name)
                || KNOWN.entrySet().stream()
                        .filter(known -> known.getValue().matches("java\\.util\\.(Map|List)<.*"))
                        .anyMatch(known -> name.startsWith(known.getKey() + "."));
    }

    /** One name for all ways to write it, without places in lists. */
    private static String canonical(String property) {
        return property.replaceAll("\\[[^]]*]", "").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static void gather(String name, JsonNode schema, Set<String> names) {
        JsonNode properties = schema.path("properties");
        if (properties.isEmpty()) {
            names.add(canonical(name));
            return;
        }
        properties.propertyNames().forEach(below -> gather(name + "." + below, properties.path(below), names));
    }
}
