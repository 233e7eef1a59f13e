package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.SimulatedTenant;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two replicas on one database, one of them on a machine whose clock is wrong. */
class ShiftedClockTests {

    private static final Map<String, Object> DATABASE = TestDatabase.fresh();

    private static SimulatedTenant tenant;
    private static Product right;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        right = Product.start(DATABASE, Map.of());
    }

    @AfterAll
    static void stop() {
        right.close();
        tenant.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P-1D"})
    void replicaWhoseClockIsWrongIsNotReadyAndLeavesLeasesAlone(String ahead) {
        String main = right.connectTo(tenant);
        String user = right.user(main, Product.name("ada"));
        JsonNode token = right.token(main, user).expect(200).json();
        JsonNode lease = lease(right, token);
        try (Product wrong = Product.start(DATABASE, Map.of(), context -> replace(context, Duration.parse(ahead)))) {
            assertThat(wrong.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(right.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(wrong.get("/actuator/health/liveness").status()).isEqualTo(200);

            assertThat(wrong.token(main, user).expect(200).json().path("token")).isEqualTo(token.path("token"));
            wrong.apps(main, user).expect(200);
            for (String what : List.of("state", "issuedAt", "expiresAt", "renewAt")) {
                assertThat(lease(wrong, token).path(what)).isEqualTo(lease.path(what));
            }
            assertThat(lease(wrong, token).path("state").asString()).isEqualTo("active");
        }
    }

    private static JsonNode lease(Product bridge, JsonNode token) {
        return bridge.get("/api/v1/leases/" + token.path("leaseId").asString())
                .expect(200)
                .json();
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
