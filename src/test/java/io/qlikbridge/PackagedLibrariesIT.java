package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the packaged application says it has in it, compared with what it has. */
class PackagedLibrariesIT {

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** Comes with the packaging, and runs only when the jar is unpacked. */
    private static final String UNPACKER = LIBRARIES + "spring-boot-jarmode-tools";

    @Test
    void billOfMaterialsListsEveryLibraryOfTheJar() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("bridge.jar"))) {
            String place = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
            Set<String> listed = checksums(jar, place);
            Map<String, String> packaged = new TreeMap<>();
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(LIBRARIES)
                        && !entry.isDirectory()
                        && !entry.getName().startsWith(UNPACKER)) {
                    packaged.put(entry.getName(), checksum(jar, entry));
                }
            }

            assertThat(place).endsWith("META-INF/sbom/application.cdx.json");
            assertThat(packaged).hasSizeGreaterThan(80);
            assertThat(packaged.values()).as(packaged.toString()).isSubsetOf(listed);
        }
    }

    private static Set<String> checksums(JarFile jar, String place) throws IOException {
        try (InputStream file = jar.getInputStream(jar.getEntry(place))) {
            Set<String> checksums = new HashSet<>();
            for (JsonNode component : JsonMapper.shared().readTree(file).path("components")) {
                for (JsonNode hash : component.path("hashes")) {
                    checksums.add(hash.path("content").asString());
                }
            }
            return checksums;
        }
    }

    private static String checksum(JarFile jar, JarEntry entry) throws Exception {
        try (InputStream file = jar.getInputStream(entry)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.readAllBytes()));
        }
    }
}
