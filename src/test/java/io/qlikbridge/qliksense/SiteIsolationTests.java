package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestSites;
import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of sites never see each other's, and a site is never told of too many sessions, whatever many replicas do at once. */
class SiteIsolationTests {

    private static final int THREADS = 64;

    private static final List<Product> REPLICAS = Product.replicas();

    private final AtomicInteger next = new AtomicInteger();

    @Test
    void sessionIsOneForThreeReplicasAndSixtyFourThreads() throws Exception {
        try (SimulatedSite site = SimulatedSite.start();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            String connection = TestSites.withJwt(REPLICAS.getFirst(), site);
            List<String> users = users(site, 4);

            for (int wave = 0; wave < 2; wave++) {
                List<Callable<Answer>> calls = IntStream.range(0, THREADS)
                        .<Callable<Answer>>mapToObj(number -> () -> {
                            String user = users.get(number % users.size());
                            return number % 5 == 0 ? anyBridge().token(connection, user) : apps(connection, user);
                        })
                        .toList();
                for (Future<Answer> call : threads.invokeAll(calls)) {
                    call.get().expect(200);
                }
                if (wave == 0) {
                    users.forEach(user ->
                            assertThat(site.sessionsOpened("LAB\\" + user)).isEqualTo(1));
                    users.forEach(user -> site.endSessions("LAB\\" + user));
                }
            }

            users.forEach(
                    user -> assertThat(site.sessionsOpened("LAB\\" + user)).isEqualTo(2));
            assertThat(site.sessionsRefused()).isZero();
            assertThat(site.tokens()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appsWhileUsersChangeAreOfTheUserThatTheyWereMeanwhile(boolean jwt) throws Exception {
        try (SimulatedSite site = SimulatedSite.start();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            site.noSessionLimit();
            Product bridge = REPLICAS.getFirst();
            String connection = jwt ? TestSites.withJwt(bridge, site) : TestSites.withCertificates(bridge, site);
            String user = users(site, 1).getFirst();
            String id = bridge.get("/api/v1/users?username=" + user)
                    .expect(200)
                    .json()
                    .at("/items/0/id")
                    .asString();
            List<String> subjects = IntStream.range(0, 3)
                    .mapToObj(number -> "LAB\\" + user + "-" + number)
                    .toList();
            subjects.forEach(subject -> site.apps(subject, SiteApp.of(subject)));
            subjects.forEach(subject -> map(bridge, id, user, connection, subject, true));
            AtomicBoolean changing = new AtomicBoolean(true);
            AtomicInteger served = new AtomicInteger();
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                readers.add(threads.submit(() -> {
                    while (changing.get()) {
                        Answer answer = apps(connection, user);
                        if (answer.status() == 200) {
                            served.incrementAndGet();
                            assertThat(answer.json().path("items").findValuesAsString("name"))
                                    .singleElement()
                                    .isIn(subjects);
                        } else {
                            assertThat(answer.code())
                                    .as(answer.text())
                                    .isIn("user-disabled", "too-busy", "assertion-refused");
                        }
                        Thread.sleep(ThreadLocalRandom.current().nextInt(200));
                    }
                    return null;
                }));
            }
            Random random = new Random();
            String last = subjects.getFirst();
            for (int change = 0; change < 10; change++) {
                last = subjects.get(random.nextInt(subjects.size()));
                if (random.nextInt(4) == 0) {
                    map(bridge, id, user, connection, last, false);
                }
                map(bridge, id, user, connection, last, true);
                String present = last;
                // whoever asks after the change is answered as who the user is now
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(bridge.apps(connection, user)
                                        .expect(200)
                                        .json()
                                        .path("items")
                                        .findValuesAsString("name"))
                                .containsExactly(present));
                if (random.nextInt(4) == 0) {
                    bridge.post("/api/v1/leases/revoke", Map.of("user", user)).expect(200);
                }
            }
            changing.set(false);
            for (Future<?> reader : readers) {
                reader.get();
            }

            assertThat(served.get()).isGreaterThan(THREADS);
            if (jwt) {
                String present = last;
                // what the user was before has no session at the site any more
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> subjects.stream()
                                .filter(subject -> !subject.equals(present))
                                .forEach(subject -> assertThat(site.sessions(subject))
                                        .as(subject)
                                        .isZero()));
            }
        }
    }

    private static void map(
            Product bridge, String id, String username, String connection, String subject, boolean enabled) {
        bridge.put(
                        "/api/v1/users/" + id,
                        Map.of("username", username, "enabled", enabled, "subjects", Map.of(connection, subject)))
                .expect(200);
    }

    private List<String> users(SimulatedSite site, int count) {
        return IntStream.range(0, count)
                .mapToObj(ignored -> TestSites.user(REPLICAS.getFirst(), "isolated"))
                .peek(user -> site.apps("LAB\\" + user, SiteApp.of("Of " + user + " alone")))
                .toList();
    }

    private Answer apps(String connection, String user) {
        Answer answer = anyBridge().apps(connection, user);
        if (answer.status() == 200 && answer.text().contains(" alone")) {
            assertThat(answer.json().path("items").findValuesAsString("name")).containsExactly("Of " + user + " alone");
        }
        return answer;
    }

    private Product anyBridge() {
        return REPLICAS.get(Math.floorMod(next.getAndIncrement(), REPLICAS.size()));
    }
}
