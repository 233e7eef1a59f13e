package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From one vault key to another, with the bridge in use all the time but for its restarts. */
class VaultRotationTests {

    private final Map<String, Object> database = TestDatabase.fresh();

    @Test
    void everythingIsUsableUnderBothKeysAndWithoutTheOldOneAfterwards() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            tenant.apps("rotated|ada", App.of("Of ada"));
            tenant.apps("rotated|bob", App.of("Of bob"));
            String main;
            String ada;
            String bob;
            String token;
            String admin;
            try (Product bridge = start(K1)) {
                main = bridge.connectTo(tenant);
                ada = bridge.user(main, "rotated|ada");
                bob = bridge.user(main, "rotated|bob");
                token = token(bridge, main, ada);
                admin = bridge.adminToken();
            }
            try (Product bridge = start(K2 + "," + K1)) {
                assertThat(token(bridge, main, ada)).isEqualTo(token);
                assertThat(rows(bridge))
                        .isIn(
                                progress(key("k2", true, 0, false), key("k1", false, 3, false)),
                                progress(key("k2", true, 3, false), key("k1", false, 0, true)));

                bridge.bean(SchedulerClient.class)
                        .reschedule(TaskInstanceId.of("vault-reseal", RecurringTask.INSTANCE), Instant.now());

                Awaitility.await()
                        .untilAsserted(() -> assertThat(rows(bridge))
                                .isEqualTo(progress(key("k2", true, 3, false), key("k1", false, 0, true))));
                assertThat(bridge.bean(MeterRegistry.class)
                                .get("bridge.vault.rows")
                                .tag("key", "k2")
                                .gauge()
                                .value())
                        .isEqualTo(3);
                assertThat(token(bridge, main, ada)).isEqualTo(token);
                assertThat(bridge.apps(main, ada).expect(200).text()).contains("Of ada");
                bridge.send("GET", "/api/v1/vault", null, bridge.client(new String[] {"bridge.apps"}, "*"))
                        .expectProblem(403, "forbidden");
            }
            try (Product bridge = start(K2)) {
                assertThat(rows(bridge)).isEqualTo(progress(key("k2", true, 3, false)));
                bridge.send("GET", "/api/v1/me", null, admin).expect(200);
                assertThat(token(bridge, main, ada)).as("lease").isEqualTo(token);
                assertThat(bridge.apps(main, bob).expect(200).text())
                        .as("signing key")
                        .contains("Of bob");
            }
        }
    }

    private Product start(String keys) {
        return Product.start(database, Map.of("bridge.vault.keys", keys));
    }

    private static String token(Product bridge, String main, String user) {
        return bridge.token(main, user).expect(200).json().path("token").asString();
    }

    /** How far it is, without how often each key has sealed. */
    private static String rows(Product bridge) {
        return bridge.get("/api/v1/vault").expect(200).text().replaceAll(",\"seals\":\\d+,\"warning\":null", "");
    }

    private static String progress(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "],\"stuck\":0}";
    }

    private static String key(String id, boolean newest, int rows, boolean retired) {
        return "{\"id\":\"%s\",\"newest\":%s,\"configured\":true,\"rows\":%d,\"retired\":%s}"
                .formatted(id, newest, rows, retired);
    }
}
