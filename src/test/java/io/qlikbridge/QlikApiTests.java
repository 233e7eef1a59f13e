package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.sun.net.httpserver.HttpServer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

            JsonNode seen = run("qlik-api.mjs", bridge.url() + "/qlik/" + connection, token, Map.of());

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

    @Test
    void libraryWhenATenantIsHostileAsksTheBridgeAlone() throws Exception {
        install();
        AtomicInteger stolen = new AtomicInteger();
        HttpServer thief = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        thief.createContext("/", exchange -> {
            stolen.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        thief.start();
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String host = "127.0.0.1:" + thief.getAddress().getPort();
            List<String> links = Stream.of(
                            "http://@/x",
                            "http:/@/api/v1/x",
                            "http:@/x",
                            "http:///@/api/v1/x",
                            "http:\\\\\\\\@\\\\x",
                            "\\thttp://@/x",
                            "ht\\ntp:/@/api/v1/x",
                            "\\u0000http://@/x",
                            "http://a@@/x",
                            "\\u0068ttp:\\/\\/@/x",
                            "//@/x",
                            "/\\\\@/x")
                    .map(link -> link.replaceFirst("@(?=/|\\\\)", host))
                    .toList();
            tenant.before(request -> {
                String url = request.getUrl();
                if (!url.startsWith("/api/v1/items") && !url.startsWith("/api/v1/spaces")) {
                    return Optional.empty();
                }
                int number =
                        url.contains("case") ? Integer.parseInt(url.replaceAll(".*case(%20|\\+)(\\d+).*", "$2")) : 0;
                String body =
                        "{\"data\":[],\"l\\u0069nks\":{\"next\":{\"href\":\"%1$s\"},\"prev\":{\"hr\\u0065f\":\"%1$s\"}}}"
                                .formatted(links.get(number));
                return Optional.of(new ResponseDefinitionBuilder()
                        .withHeader("Content-Type", number % 2 == 0 ? "application/json" : "text/plain")
                        .withBody(body)
                        .build());
            });
            Product bridge = Product.shared();
            String connection = bridge.connectTo(tenant);
            String token = bridge.client(new String[] {"bridge.apps"}, bridge.user(connection, "hr|4712"));
            String root = bridge.url() + "/qlik/" + connection;

            JsonNode asked = run("qlik-api-hostile.mjs", root, token, Map.of("CASES", String.valueOf(links.size())));

            assertThat(asked.size()).isGreaterThanOrEqualTo(links.size() + 2);
            assertThat(asked.valueStream().map(JsonNode::asString))
                    .allSatisfy(url -> assertThat(url).startsWith(root + "/"));
            assertThat(stolen).hasValue(0);
        } finally {
            thief.stop(0);
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
        for (String name : List.of("qlik-api.mjs", "qlik-api-hostile.mjs")) {
            try (var script = QlikApiTests.class.getResourceAsStream("/" + name)) {
                Files.copy(script, FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static JsonNode run(String script, String host, String token, Map<String, String> settings)
            throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", script);
        node.environment().putAll(settings);
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
