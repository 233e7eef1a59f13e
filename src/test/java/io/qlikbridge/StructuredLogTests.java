package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.SimulatedTenant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a log store gets when lines are to be JSON objects. */
@Isolated("changes how this JVM writes its log")
class StructuredLogTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final LastingLog logging = (LastingLog) LoggingSystem.get(getClass().getClassLoader());
    private final ConfigurableEnvironment before = Product.shared().bean(ConfigurableEnvironment.class);
    private final PrintStream console = System.out;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** A start takes the logging of this JVM as it is, unless it is new. */
    @BeforeEach
    void beginAnew() {
        logging.forget();
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void goBack() {
        System.setOut(console);
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        logging.forget();
        logging.initialize(new LoggingInitializationContext(before), null, null);
    }

    @Test
    void linesAreObjectsThatNameRequestAndTrace() {
        try (SpanCollector collector = SpanCollector.start();
                SimulatedTenant tenant = SimulatedTenant.start();
                Product bridge = Product.start(TestDatabase.fresh(), settings(collector))) {
            String main = bridge.connectTo(tenant);
            String ada = bridge.user(main, "hr|4711");
            bridge.exchange(bridge.request("/api/v1/connections/" + main + "/apps?user=" + ada, bridge.adminToken())
                            .header("X-Request-Id", "nightly-42")
                            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"))
                    .expect(200);
        }

        List<JsonNode> lines = log.toString(StandardCharsets.UTF_8)
                .lines()
                // until the logging is new, other bridges of this JVM write as before
                .dropWhile(line -> !line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.path("message").asString().startsWith("Issued lease "))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("requestId").asString()).isEqualTo("nightly-42");
                    assertThat(line.findValue("traceId").asString()).isEqualTo(TRACE);
                    assertThat(line.at("/log/level").asString()).isEqualTo("INFO");
                    assertThat(line.at("/service/name").asString()).isEqualTo("qlik-identity-bridge");
                });
    }

    private static Map<String, Object> settings(SpanCollector collector) {
        Map<String, Object> settings = new HashMap<>(collector.settings());
        settings.put("logging.structured.format.console", "ecs");
        return settings;
    }
}
