package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Qlik's own client library for JavaScript, as npm gives it, with the bridge as its host. Skipped where there is no npm. */
class QlikApiTests {

    private static final String LIBRARY = "@qlik/api@2.19.0";

    /** Stays between runs until {@code clean}. */
    private static final Path FOLDER = Path.of("target", "npm");

    @Test
    void libraryWhenTheBridgeIsItsHostListsAppsPageByPageAndReadsOneself() throws Exception {
        install();
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            Product bridge = Product.shared();
            String connection = bridge.connectTo(tenant);
            List<String> names =
                    IntStream.range(0, 7).mapToObj(number -> "App " + number).toList();
            tenant.apps("hr|4711", names.stream().map(App::of).toArray(App[]::new));
            tenant.generatedHost("https://generated.eu.qlikcloud.com");
            tenant.compress(true);
            String token = bridge.client(new String[] {"bridge.apps"}, bridge.user(connection, "hr|4711"));

            JsonNode seen = run(bridge.url() + "/qlik/" + connection, token);

            assertThat(seen.path("names").valueStream().map(JsonNode::asString)).containsExactlyElementsOf(names);
            assertThat(seen.path("pages").asInt()).isEqualTo(4);
            assertThat(seen.path("subject").asString()).isEqualTo("hr|4711");
            assertThat(seen.path("self").asString())
                    .startsWith(bridge.url() + "/qlik/" + connection + "/api/v1/users/");
            assertThat(tenant.keysMade("hr|4711")).isEqualTo(1);
            assertThat(tenant.calls("/api/v1/items"))
                    .hasSize(4)
                    .allSatisfy(call -> assertThat(call.header("Authorization").orElseThrow())
                            .startsWith("Bearer "));
            assertThat(tenant.calls()).extracting(QlikApiTests::whole).noneMatch(text -> text.contains(token));
        }
    }

    private static String whole(Call call) {
        return call.method() + " " + call.url() + " " + call.headers() + " " + call.body();
    }

    private static void install() throws Exception {
        assumeTrue(isInstalled("node") && isInstalled("npm"), "node or npm is not installed");
        Files.createDirectories(FOLDER);
        if (!Files.exists(FOLDER.resolve("node_modules/@qlik/api/package.json"))) {
            Files.writeString(FOLDER.resolve("package.json"), "{}");
            Result result = shell(120, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", LIBRARY);
            assumeTrue(result.status() == 0, "npm cannot install " + LIBRARY + ": " + result.output());
        }
        try (var script = QlikApiTests.class.getResourceAsStream("/qlik-api.mjs")) {
            Files.copy(script, FOLDER.resolve("qlik-api.mjs"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static JsonNode run(String host, String token) throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", "qlik-api.mjs");
        node.environment().put("QLIK_HOST", host);
        node.environment().put("QLIK_API_KEY", token);
        Result result = outcome(node, 60);
        assertThat(result.status()).as(result.output()).isZero();
        return JsonMapper.shared().readTree(result.output());
    }

    private static boolean isInstalled(String command) throws Exception {
        try {
            return outcome(new ProcessBuilder(command, "--version"), 30).status() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private record Result(int status, String output) {}

    private static Result shell(int seconds, String... command) throws Exception {
        return outcome(new ProcessBuilder(command), seconds);
    }

    private static Result outcome(ProcessBuilder command, int seconds) throws Exception {
        Path output = Files.createTempFile("qlik-api", ".txt");
        try {
            Process process = command.directory(FOLDER.toFile().isDirectory() ? FOLDER.toFile() : null)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return new Result(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
