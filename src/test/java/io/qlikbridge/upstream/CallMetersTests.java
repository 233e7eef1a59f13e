package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMetersTests {

    private static final TenantCall CALL = TestCalls.read("https://one.example.org", "ada");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CallMeters meters = new CallMeters(registry);
    private final Bulkhead places = new Bulkhead(
            new TenantProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ZERO, Duration.ZERO),
            new Crowds(Clock.systemUTC(), 1_000),
            meters);

    @ParameterizedTest
    @CsvSource({"200,2xx", "204,2xx", "304,3xx", "401,4xx", "429,429", "503,5xx", "0,none", "999,none"})
    void calledShowsTheClassOfTheStatus(int status, String shown) {
        meters.called(CALL, status, System.nanoTime());

        assertThat(registry.get("bridge.tenant.calls")
                        .tags("connection", "main", "step", "items", "status", shown)
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void placeThatIsTakenIsACallUnderWayUntilItIsGivenBack() {
        Bulkhead.Permit place = places.take(CALL);
        assertThat(underWay()).isOne();

        place.close();

        assertThat(underWay()).isZero();
    }

    @Test
    void callThatFindsNoPlaceIsARejection() {
        try (Bulkhead.Permit taken = places.take(CALL)) {
            assertThatExceptionOfType(TenantException.class).isThrownBy(() -> places.take(CALL));

            assertThat(underWay()).isOne();
        }
        assertThat(registry.get("bridge.tenant.rejections")
                        .tags("connection", "main", "reason", "busy")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void connectionThatWentAndCameBackIsMeasuredAgain() {
        places.take(CALL).close();
        registry.clear();

        try (Bulkhead.Permit taken = places.take(CALL)) {
            assertThat(underWay()).isOne();
        }
    }

    private double underWay() {
        return registry.get("bridge.tenant.concurrency")
                .tag("connection", "main")
                .gauge()
                .value();
    }
}
