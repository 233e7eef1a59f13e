package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told to paste works. */
class OperationsGuideTests {

    private static final Pattern SCRIPT = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```$");

    @Test
    void linesThatRotateTheSigningKeyRotateIt(@TempDir Path folder) throws Exception {
        for (String needed : new String[] {"bash", "curl"}) {
            assumeTrue(isInstalled(needed), needed + " is not installed");
        }
        Product bridge = Product.shared();
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            String ada = bridge.user(main, "hr|4711");
            String script = "set -eu\n"
                    + "BRIDGE=" + bridge.url() + "\n"
                    + "AS_ADMIN='Authorization: Bearer " + bridge.adminToken() + "'\n"
                    + "TENANT_ADMIN=" + tenant.adminToken() + "\n"
                    + "OLD_PROVIDER=" + tenant.identityProviderOf(main) + "\n"
                    + lines("Rotate the signing key")
                            .replace("connections/main", "connections/" + main)
                            .replace("OLD=bridge-2026", "OLD=" + main)
                            .replace("https://your-tenant.eu.qlikcloud.com", tenant.url())
                            .replace("SOMEBODY=ada", "SOMEBODY=" + ada);

            Process shell = new ProcessBuilder("bash", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(shell.waitFor()).as(output).isZero();
            assertThat(output)
                    .contains("\"state\":\"staged\"", "\"state\":\"active\"", "\"warnings\":[]")
                    .doesNotContain("\"passed\":false");
            assertThat(output.split("\"passed\":true", -1)).hasSize(3);
            assertThat(bridge.get("/api/v1/connections/" + main + "/signing-keys")
                            .expect(200)
                            .json()
                            .path("items")
                            .findValuesAsString("kid"))
                    .containsExactly("bridge-2027");
            bridge.token(main, bridge.user(main, "hr|4712")).expect(200);
        }
    }

    /** What stands in the shell blocks of a section, in order. */
    private static String lines(String section) throws IOException {
        String guide = Files.readString(Path.of("docs/rotate.md"));
        int start = guide.indexOf("\n## " + section + "\n");
        int end = guide.indexOf("\n## ", start + 1);
        Matcher scripts = SCRIPT.matcher(guide.substring(start, end < 0 ? guide.length() : end));
        StringBuilder lines = new StringBuilder();
        while (scripts.find()) {
            lines.append(scripts.group(1));
        }
        return lines.toString();
    }

    private static boolean isInstalled(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
