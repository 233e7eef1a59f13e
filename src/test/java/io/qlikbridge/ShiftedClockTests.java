package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.SimulatedTenant;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two replicas on one database, one of them on a machine whose clock is wrong. */
class ShiftedClockTests {

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P-1D"})
    void replicaWhoseClockIsWrongIsNotReadyAndLeavesLeasesAlone(String ahead) {
        Map<String, Object> database = TestDatabase.fresh();
        try (SimulatedTenant tenant = SimulatedTenant.start();
                Product right = Product.start(database, Map.of())) {
            String main = right.connectTo(tenant);
            String user = right.user(main, "ada");
            String key =
                    right.token(main, user).expect(200).json().path("token").asString();
            JsonNode lease = lease(right);
            try (Product wrong =
                    Product.start(database, Map.of(), context -> replace(context, Duration.parse(ahead)))) {
                assertThat(wrong.get("/actuator/health/readiness").status()).isEqualTo(503);
                assertThat(right.get("/actuator/health/readiness").status()).isEqualTo(200);
                assertThat(wrong.get("/actuator/health/liveness").status()).isEqualTo(200);

                assertThat(wrong.token(main, user)
                                .expect(200)
                                .json()
                                .path("token")
                                .asString())
                        .isEqualTo(key);
                wrong.apps(main, user).expect(200);
                for (String what : List.of("id", "state", "issuedAt", "expiresAt", "renewAt")) {
                    assertThat(lease(wrong).path(what)).isEqualTo(lease.path(what));
                }
                assertThat(lease(wrong).path("state").asString()).isEqualTo("active");
            }
        }
    }

    private static JsonNode lease(Product bridge) {
        return bridge.get("/api/v1/leases").expect(200).json().path("items").path(0);
    }

    private static void replace(ConfigurableApplicationContext context, Duration ahead) {
        ((GenericApplicationContext) context)
                .registerBean(
                        "shiftedTime",
                        DatabaseTime.class,
                        () -> {
                            try {
                                DataSource database = context.getBean(DataSource.class);
                                return new DatabaseTime(
                                        () -> DatabaseTime.ask(database),
                                        Clock.offset(Clock.systemUTC(), ahead),
                                        System::nanoTime);
                            } catch (SQLException failed) {
                                throw new IllegalStateException(failed);
                            }
                        },
                        definition -> definition.setPrimary(true));
    }
}
