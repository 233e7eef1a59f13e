package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTests {

    @ParameterizedTest
    @CsvSource({
        "'', '', '', http://127.0.0.1:8080/actuator/health/readiness",
        "'', 8443, /bridge, http://127.0.0.1:8443/bridge/actuator/health/readiness",
        "8081, 8443, /bridge, http://127.0.0.1:8081/actuator/health/readiness"
    })
    void addressIsOfThePortThatTellsOfHealth(String management, String server, String context, URI address) {
        Map<String, String> environment = server.isEmpty()
                ? Map.of("MANAGEMENT_SERVER_PORT", management)
                : Map.of(
                        "MANAGEMENT_SERVER_PORT",
                        management,
                        "SERVER_PORT",
                        server,
                        "SERVER_SERVLET_CONTEXT_PATH",
                        context);

        assertThat(HealthCheck.address(environment)).isEqualTo(address);
    }

    @Test
    void isReadyWhenTheBridgeIs() {
        assertThat(HealthCheck.isReady(URI.create(Product.shared().url() + "/actuator/health/readiness")))
                .isTrue();
    }

    @Test
    void isNotReadyWhenItSaysOtherwiseOrNothing() {
        assertThat(HealthCheck.isReady(URI.create(Product.shared().url() + "/nothing")))
                .isFalse();
        assertThat(HealthCheck.isReady(URI.create("http://127.0.0.1:1/actuator/health/readiness")))
                .isFalse();
    }
}
