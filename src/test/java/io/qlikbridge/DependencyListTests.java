package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every library of the product stands in {@code docs/dependencies.txt} with its licence and checksum, so that none comes in unseen, none is
 * exchanged for another under the same version, and a change shows in a review. {@code -Ddependencies=write} writes the list.
 */
class DependencyListTests {

    private static final Path LIST = Path.of("docs/dependencies.txt");
    private static final Path BILL_OF_MATERIALS = Path.of("target/classes/META-INF/sbom/application.cdx.json");

    /** Of a library with several, one has to be among these: it may be chosen. */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Bouncy Castle Licence", "CC0-1.0", "EPL-2.0", "MIT");

    @Test
    void productHasTheLibrariesThatAreListed() throws IOException {
        List<String> now = libraries().map(DependencyListTests::line).sorted().toList();
        if ("write".equals(System.getProperty("dependencies"))) {
            Files.write(LIST, now);
        }

        assertThat(Files.readAllLines(LIST))
                .as(
                        "The product's libraries are others than %s says. If they should be: ./mvnw test"
                                + " -Dtest=DependencyListTests -Ddependencies=write, and look at what changed",
                        LIST)
                .containsExactlyElementsOf(now);
    }

    @Test
    void licencesAreAllowed() throws IOException {
        assertThat(libraries().filter(library -> licences(library).stream().noneMatch(ALLOWED::contains)))
                .extracting(DependencyListTests::line)
                .isEmpty();
    }

    private static Stream<JsonNode> libraries() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readAllBytes(BILL_OF_MATERIALS))
                .path("components")
                .valueStream();
    }

    private static String line(JsonNode library) {
        String purl = library.path("purl").asString();
        String sha256 = library.path("hashes")
                .valueStream()
                .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                .map(hash -> hash.path("content").asString())
                .findFirst()
                .orElse("?");
        return purl.substring("pkg:maven/".length()) + " " + String.join(" or ", licences(library)) + " sha256:"
                + sha256;
    }

    private static Set<String> licences(JsonNode library) {
        Set<String> licences = new TreeSet<>();
        library.path("licenses").valueStream().forEach(each -> {
            JsonNode licence = each.path("license");
            licences.add(
                    each.has("expression")
                            ? each.path("expression").asString()
                            : licence.path("id").asString(licence.path("name").asString("?")));
        });
        return licences;
    }
}
