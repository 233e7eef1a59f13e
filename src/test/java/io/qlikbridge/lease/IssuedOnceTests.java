package io.qlikbridge.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IssuedOnceTests {

    private static final int THREADS = 200;

    @Test
    void tokenWhenManyThreadsAskFirstMakesOneLoginAndOneKey() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            Product bridge = Product.shared();
            String connection = bridge.connectTo(tenant);
            String user = bridge.user(connection, "once|threads");

            Set<String> tokens = askAtOnce(List.of(bridge), connection, user);

            assertThat(tokens).hasSize(1);
            assertThat(tenant.loginsOf("once|threads")).isEqualTo(1);
            assertThat(tenant.keysMade("once|threads")).isEqualTo(1);
        }
    }

    @Test
    void tokenWhenTwoReplicasAreAskedFirstMakesOneLoginAndOneKey() throws Exception {
        Map<String, Object> database = TestDatabase.fresh();
        try (SimulatedTenant tenant = SimulatedTenant.start();
                Product one = Product.start(database, Map.of());
                Product other = Product.start(database, Map.of())) {
            String connection = one.connectTo(tenant);
            for (int round = 0; round < 5; round++) {
                String subject = "once|replicas|" + round;
                String user = one.user(connection, subject);

                Set<String> tokens = askAtOnce(List.of(one, other), connection, user);

                assertThat(tokens).hasSize(1);
                assertThat(tenant.loginsOf(subject)).isEqualTo(1);
                assertThat(tenant.keysMade(subject)).isEqualTo(1);
            }
        }
    }

    private static Set<String> askAtOnce(List<Product> replicas, String connection, String user) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<String>> asked = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Product replica = replicas.get(thread % replicas.size());
                asked.add(threads.submit(() -> {
                    start.await();
                    return replica.token(connection, user)
                            .expect(200)
                            .json()
                            .path("token")
                            .asString();
                }));
            }
            start.countDown();
            Set<String> tokens = new HashSet<>();
            for (Future<String> one : asked) {
                tokens.add(one.get());
            }
            return tokens;
        }
    }
}
