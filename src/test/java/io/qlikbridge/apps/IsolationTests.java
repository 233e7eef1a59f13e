package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.Kept;
import io.qlikbridge.Product;
import io.qlikbridge.ThroughBothDoors;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ThroughBothDoors
@Execution(ExecutionMode.CONCURRENT)
class IsolationTests {

    @Parameter
    Door door;

    private static final int THREADS = 64;
    private static final int ROUNDS = 12;
    /** Of what differs in how it is issued and shown alone. */
    private static final int FEWER_ROUNDS = 5;

    @ParameterizedTest
    @EnumSource(Kept.class)
    void appsAndTokensWhenManyUsersInterleaveAreAlwaysTheirOwn(Kept kept) throws Exception {
        Product bridge = door.product();
        try (SimulatedTenant tenant = SimulatedTenant.start();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            String connection = kept.connect(bridge, tenant);
            List<String> users = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                tenant.user("isolated|" + number);
                tenant.apps("isolated|" + number, App.of("Of " + number + " alone"));
                users.add(bridge.user(connection, "isolated|" + number));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                running.add(threads.submit(() -> {
                    for (int round = 0; round < (kept == Kept.API_KEYS ? ROUNDS : FEWER_ROUNDS); round++) {
                        int number = (first + round) % users.size();
                        JsonNode apps = bridge.apps(connection, users.get(number))
                                .expect(200)
                                .json()
                                .path("items");
                        assertThat(apps.size()).isEqualTo(1);
                        assertThat(apps.path(0).path("name").asString()).isEqualTo("Of " + number + " alone");
                        JsonNode items = bridge.passed(connection, users.get(number), "/api/v1/items")
                                .expect(200)
                                .json()
                                .path("data");
                        assertThat(items.size()).isEqualTo(1);
                        assertThat(items.path(0).path("name").asString()).isEqualTo("Of " + number + " alone");
                        if (kept == Kept.SESSIONS) {
                            continue;
                        }
                        JsonNode token = bridge.token(connection, users.get(number))
                                .expect(200)
                                .json();
                        assertThat(token.path("subject").asString()).isEqualTo("isolated|" + number);
                        assertThat(token.path("qlikUserId").asString())
                                .isEqualTo(tenant.userId("isolated|" + number).orElseThrow());
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }

            assertThat(tenant.keysMade()).isEqualTo(kept == Kept.API_KEYS ? users.size() : 0);
            assertThat(tenant.oauth().tokensMade()).isEqualTo(kept == Kept.ACCESS_TOKENS ? users.size() : 0);
            assertThat(tenant.logins()).isEqualTo(kept == Kept.ACCESS_TOKENS ? 0 : users.size());
        }
    }

    @Test
    void appsAndTokensWhileUsersChangeAreOfASubjectThatTheUserHadMeanwhile() throws Exception {
        Product bridge = door.product();
        try (SimulatedTenant tenant = SimulatedTenant.start();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            // what is remapped this often leaves more keys than a tenant allows
            tenant.maxKeysPerUser(10_000);
            String connection = bridge.connectTo(tenant);
            List<ChangingUser> users = Stream.generate(() -> new ChangingUser(bridge, tenant, connection))
                    .limit(4)
                    .toList();
            AtomicBoolean changing = new AtomicBoolean(true);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ChangingUser user = users.get(thread % users.size());
                running.add(threads.submit(() -> {
                    while (changing.get()) {
                        user.readsAppsOfItsOwn();
                        user.passesReadsOnAsItself();
                        user.fetchesATokenOfItsOwn();
                        // at other places of the changes each time, and leaves them a processor
                        Thread.sleep(ThreadLocalRandom.current().nextInt(200));
                    }
                    return null;
                }));
            }
            Random random = new Random();
            try {
                for (int change = 0; change < 24; change++) {
                    users.get(random.nextInt(users.size())).isChanged(random);
                }
            } finally {
                changing.set(false);
            }
            for (Future<?> one : running) {
                one.get();
            }

            for (ChangingUser user : users) {
                assertThat(user.served()).isGreaterThan(20);
                assertThat(user.used()).isPositive();
                user.seesItsOwnAtLast();
            }
        }
    }
}
