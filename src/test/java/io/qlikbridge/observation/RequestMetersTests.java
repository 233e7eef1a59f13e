package io.qlikbridge.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMeters meters = new RequestMeters(registry);

    @Test
    void servedTwiceCountsInOneTimer() {
        meters.served("GET", "/api/v1/me", 200, null, System.nanoTime());
        meters.served("GET", "/api/v1/me", 200, null, System.nanoTime());

        assertThat(registry.get("http.server.requests")
                        .tags("method", "GET", "uri", "/api/v1/me", "status", "200", "code", "none")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void servedWhenTheMethodIsTheCallersInventionDoesNotShowIt() {
        meters.served("ZAPHOD", "unknown", 400, ProblemCode.INVALID_REQUEST, System.nanoTime());

        assertThat(registry.get("http.server.requests")
                        .tags("method", "other", "code", "invalid-request")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void servedWhenNoMethodCouldBeReadIsCounted() {
        meters.served(null, "unknown", 400, ProblemCode.INVALID_REQUEST, System.nanoTime());

        assertThat(registry.get("http.server.requests")
                        .tags("method", "other", "status", "400")
                        .timer()
                        .count())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "200,200",
        "299,2xx",
        "399,3xx",
        "404,404",
        "418,4xx",
        "599,5xx",
        "600,other",
        "712,other",
        "99,other",
        "-1,other"
    })
    void servedWhenTheStatusIsATenantsInventionShowsItsClass(int status, String shown) {
        meters.served("GET", "/qlik/{connection}/api/v1/items", status, null, System.nanoTime());

        assertThat(registry.get("http.server.requests").timer().getId().getTag("status"))
                .isEqualTo(shown);
    }

    @Test
    void ownMeterOfRequestsAloneKeepsSpringsOut() {
        registry.config().meterFilter(MetricsConfiguration.ownMeterOfRequestsAlone());

        registry.timer("http.server.requests", "uri", "/", "outcome", "SUCCESS");
        meters.served("GET", "/api/v1/me", 200, null, System.nanoTime());

        assertThat(registry.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().getTag("uri"))
                .containsExactly("/api/v1/me");
    }
}
