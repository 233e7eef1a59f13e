package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.sitesimulator.SimulatedSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer is told to paste is what the guide says, and it works. */
class TryItTests {

    @Test
    void guideShowsTheLinesThatTheDevelopmentRunPrints() throws IOException {
        assertThat(Files.readString(Path.of("docs/try-it.md")))
                .contains("```sh\n" + TestBridgeApplication.whatToTry().strip() + "\n```")
                .contains("```sh\n" + TestBridgeApplication.whatToTryAtASite().strip() + "\n```");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/try-it.md"})
    void browserComesFirst(String document) throws IOException {
        assertThat(Files.readString(Path.of(document)))
                .containsSubsequence(
                        "```text\n"
                                + TestBridgeApplication.whatToTryInABrowser().strip() + "\n```",
                        "```sh\n# ");
    }

    @Test
    void readmeShowsSomeOfThem() throws IOException {
        String lines = Files.readString(Path.of("README.md"))
                .split("\n## Try it\n")[1]
                .split("```sh\n")[2]
                .split("```")[0];

        assertThat(TestBridgeApplication.whatToTry().lines())
                .containsAll(lines.lines().toList());
    }

    @Test
    void linesWhenPastedDoTheMainJob(@TempDir Path folder) throws Exception {
        for (String needed : new String[] {"bash", "curl", "openssl", "sed"}) {
            assumeTrue(isInstalled(needed), needed + " is not installed");
        }
        try (SimulatedTenant tenant = SimulatedTenant.start(0, TestBridgeApplication.TENANT_ADMIN);
                DemoSite site = DemoSite.furnish(SimulatedSite.start(), folder.resolve("site"));
                Product bridge = Product.start(
                        TestDatabase.fresh(),
                        Map.of("bridge.access.admin-secret", TestBridgeApplication.ADMIN_SECRET))) {
            TestBridgeApplication.furnish(tenant);
            String script = (TestBridgeApplication.whatToTry() + site.whatToTry())
                    .replace("http://127.0.0.1:8080", bridge.url())
                    .replace("http://127.0.0.1:" + TestBridgeApplication.TENANT_PORT, tenant.url());

            Process shell = new ProcessBuilder("bash", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(shell.waitFor()).as(output).isZero();
            assertThat(output)
                    .contains("\"kid\":\"bridge-1\"", "\"bits\":4096", "\"state\":\"active\"")
                    .contains("\"passed\":true")
                    .doesNotContain("\"status\":\"failed\"")
                    .contains("Sales report", "Warehouse stock")
                    .contains("The same token", "Again the same, by token exchange")
                    .contains("\"code\":\"forbidden\"")
                    .contains("\"href\":\"" + bridge.url() + "/qlik/main/api/v1/items?");
            assertThat(output.split("\"passed\":true", -1)).hasSize(6);
            assertThat(output.split("\"status\":\"made\"", -1))
                    .as("by the setup")
                    .hasSize(3);
            assertThat(output).contains("CN=QlikClient", "\"kid\":\"bridge-2\"", "Stock on hand");
            assertThat(output.split("Notes of my own", -1))
                    .as("by two tests, by the bridge, and at the site itself")
                    .hasSize(5);
            assertThat(site.site().calls("/bridge/qrs/app/hublist")).isNotEmpty();
            assertThat(output).doesNotContain("\"code\":\"internal\"", "\"code\":\"invalid-request\"");
            assertThat(tenant.keysMade("hr|4711")).isEqualTo(1);
        }
    }

    private static boolean isInstalled(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
