package io.qlikbridge.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.signing.CertificateEnding;
import io.qlikbridge.signing.CertificateStore;
import io.qlikbridge.signing.SigningKeyStore;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What becomes of requests, leases, warnings and the metric while a signing key nears its end and another takes its place. */
@ResourceLock(Resources.SYSTEM_OUT)
class KeyRotationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static SimulatedTenant tenant;
    private static Product one;
    private static Product other;

    /** A connection that was there before the other replica started. */
    private static String early;

    @BeforeAll
    static void start() {
        Map<String, Object> database = TestDatabase.fresh();
        tenant = SimulatedTenant.start();
        one = Product.start(database, Map.of());
        early = one.connectTo(tenant);
        other = Product.start(database, Map.of());
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        tenant.close();
    }

    @Test
    void rotationWhenUnderLoadFailsNoRequestAndIssuesNoLeaseAnew() throws Exception {
        String main = one.connectTo(tenant);
        List<String> subjects = List.of("rotation|1", "rotation|2", "rotation|3");
        List<String> users = new ArrayList<>();
        for (String subject : subjects) {
            tenant.apps(subject, App.of("Sales report"));
            users.add(one.user(main, subject));
            one.token(main, users.getLast()).expect(200);
        }
        List<ApiKey> before = keysOf(subjects);
        Load load = rotateUnderLoad(main, users);

        assertThat(load.failures).isEmpty();
        assertThat(load.reads.get()).isGreaterThan(10);
        assertThat(keysOf(subjects)).isEqualTo(before);
        assertThat(subjects)
                .allSatisfy(subject -> assertThat(tenant.keysMade(subject)).isEqualTo(1));
        assertThat(load.newSubjects)
                .allSatisfy(subject -> assertThat(tenant.keysMade(subject)).isEqualTo(1));
        assertThat(kidsOf(load.newSubjects)).contains(main, "second");

        tenant.removeIdentityProvider(tenant.identityProviderOf(main));
        one.delete("/api/v1/connections/" + main + "/signing-keys/" + main).expect(204);

        other.apps(main, users.getFirst()).expect(200);
        other.token(main, one.user(main, "rotation|last")).expect(200);
        assertThat(keysOf(subjects)).isEqualTo(before);
    }

    @Test
    void logWhenACertificateNearsItsEndTellsOnceForEachAlarm(LogLines log) throws Exception {
        String main = one.connectTo(tenant);
        Instant end = end(main);
        Queue<CertificateEnding> events = new ConcurrentLinkedQueue<>();
        ApplicationListener<?> listener = ApplicationListener.forPayload((CertificateEnding ending) -> {
            if (ending.kid().equals(main)) {
                events.add(ending);
            }
        });
        for (Product replica : List.of(one, other)) {
            replica.bean(ApplicationEventMulticaster.class).addApplicationListener(listener);
        }

        List<Integer> told = new ArrayList<>();
        for (int days : List.of(61, 60, 59, 30, 8, 7, 1, 0)) {
            lookAtOnce(end.minus(Duration.ofDays(days)));
            told.add(warnings(log, main).size());
        }
        lookAtOnce(end.plusSeconds(1));
        lookAtOnce(end.plus(Duration.ofDays(9)));

        assertThat(told).containsExactly(0, 1, 1, 2, 2, 3, 3, 3);
        List<String> warnings = warnings(log, main);
        assertThat(warnings).hasSize(4).allMatch(line -> line.contains("WARN"));
        assertThat(warnings.get(0)).contains("ends in 60 days");
        assertThat(warnings.get(1)).contains("ends in 30 days");
        assertThat(warnings.get(2)).contains("ends in 7 days");
        assertThat(warnings.get(3)).contains("ended on");
        ConnectionId connection = new ConnectionId(main);
        assertThat(events)
                .containsExactly(
                        new CertificateEnding(connection, main, end, 60),
                        new CertificateEnding(connection, main, end, 30),
                        new CertificateEnding(connection, main, end, 7),
                        new CertificateEnding(connection, main, end, -1));
    }

    @Test
    void logWhenTheBridgeFirstLooksLateTellsTheNearestAlarmAlone(LogLines log) throws Exception {
        String main = one.connectTo(tenant);

        lookAtOnce(end(main).minus(Duration.ofDays(5)));

        assertThat(warnings(log, main)).singleElement().asString().contains("ends in 5 days");
    }

    @Test
    void logWhenTheKeyIsRetiredKeepsSilent(LogLines log) throws Exception {
        String main = one.connectTo(tenant);
        stage(main, "second");
        one.post(keys(main) + "/second/activate", Map.of()).expect(200);

        lookAtOnce(end(main).minus(Duration.ofDays(5)));

        assertThat(warnings(log, main)).singleElement().asString().contains("active signing key second");
    }

    @Test
    void watchRunsInTheBackground(LogLines log) {
        String main = one.connectTo(tenant);
        endIn(main, Duration.ofDays(20));
        one.bean(JdbcClient.class)
                .sql("update scheduled_tasks set execution_time = now() where task_name = 'signing-certificates'")
                .update();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warnings(log, main)).hasSize(1));
    }

    @Test
    void connectionTellsOfCertificatesThatEnd() {
        String main = one.connectTo(tenant);
        String path = "/api/v1/connections/" + main;
        assertThat(one.get(path).expect(200).json().path("warnings").isEmpty()).isTrue();
        stage(main, "second");
        endIn(main, Duration.ofDays(20));

        JsonNode shown = one.get(path).expect(200).json();
        JsonNode put = one.put(
                        path,
                        Map.of(
                                "type",
                                "qlik-cloud",
                                "host",
                                tenant.url(),
                                "issuer",
                                shown.path("issuer").asString()))
                .expect(200)
                .json();
        List<JsonNode> listed = new ArrayList<>();
        one.get("/api/v1/connections?limit=200")
                .expect(200)
                .json()
                .path("items")
                .forEach(listed::add);

        assertThat(shown.path("signingKey").path("kid").asString()).isEqualTo(main);
        assertThat(shown.path("warnings").size()).isEqualTo(2);
        assertThat(shown.path("warnings").path(0).asString())
                .contains("active signing key " + main, "ends in 19 days", "Rotate it now");
        assertThat(shown.path("warnings").path(1).asString()).contains("staged signing key second");
        assertThat(put.path("warnings")).isEqualTo(shown.path("warnings"));
        assertThat(listed)
                .filteredOn(connection -> connection.path("id").asString().equals(main))
                .singleElement()
                .satisfies(connection -> assertThat(connection.path("warnings")).isEqualTo(shown.path("warnings")));
        assertThat(listed)
                .filteredOn(connection -> connection.path("id").asString().equals(early))
                .singleElement()
                .satisfies(connection ->
                        assertThat(connection.path("warnings").isEmpty()).isTrue());
    }

    @Test
    void activateWhenTheKeyWasNotTestedOrHasEndedWarnsAndActivates() {
        String main = one.connectTo(tenant);
        String user = one.user(main, "untested|" + main);
        stage(main, "second");
        stage(main, "third");
        stage(main, "fourth");
        tenant.identityProvider(Product.ISSUER + "/" + main, "third", certificate(main, "third"));
        assertThat(test(main, user, "third").path("passed").asBoolean()).isTrue();
        one.bean(JdbcClient.class)
                .sql(
                        "update signing_key set not_after = now() - interval '1 day' where connection_id = ? and kid = 'fourth'")
                .params(main)
                .update();

        JsonNode untested = activate(main, "second");
        JsonNode tested = activate(main, "third");
        JsonNode ended = activate(main, "fourth");
        JsonNode back = activate(main, main);

        assertThat(untested.path("state").asString()).isEqualTo("active");
        assertThat(untested.path("warnings").size()).isEqualTo(1);
        assertThat(untested.path("warnings").path(0).asString()).contains("No connection test", "second");
        assertThat(tested.path("warnings").isEmpty()).isTrue();
        assertThat(ended.path("state").asString()).isEqualTo("active");
        assertThat(ended.path("warnings").path(0).asString()).contains("fourth", "ended on");
        assertThat(back.path("warnings").isEmpty()).isTrue();
    }

    @Test
    void activateWhenTheConnectionChangedSinceTheTestWarns() {
        String main = one.connectTo(tenant);
        stage(main, "second");
        tenant.identityProvider(Product.ISSUER + "/" + main, "second", certificate(main, "second"));
        test(main, one.user(main, "changed|" + main), "second");
        one.put(
                        "/api/v1/connections/" + main,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER + "/elsewhere"))
                .expect(200);

        assertThat(activate(main, "second").path("warnings").path(0).asString()).contains("No connection test");
    }

    @Test
    void metricShowsTheDaysOfActiveAndStagedKeys() {
        String main = one.connectTo(tenant);
        stage(main, "second");
        stage(main, "third");
        activate(main, "second");
        MeterRegistry registry = new SimpleMeterRegistry();
        CertificateGauges gauges = gauges(registry, end(main).minus(Duration.ofHours(36)));
        endIn(main, "third", Duration.ofDays(1));

        gauges.refresh();

        assertThat(gauge(registry, main, main)).isNull();
        assertThat(gauge(registry, main, "second").value()).isEqualTo(1.5, within(0.01));
        assertThat(gauge(registry, main, "third").value()).isNegative();
        gauges.destroy();
    }

    @Test
    void metricWhenAKeyGoesAndAnotherGetsItsIdFollows() {
        String main = one.connectTo(tenant);
        stage(main, "second");
        MeterRegistry registry = new SimpleMeterRegistry();
        CertificateGauges gauges = gauges(registry, end(main));
        gauges.refresh();
        assertThat(gauge(registry, main, "second").value()).isEqualTo(0, within(0.01));

        one.delete(keys(main) + "/second").expect(204);
        gauges.refresh();
        assertThat(gauge(registry, main, "second")).isNull();

        stage(main, "second");
        gauges.refresh();
        endIn(main, "second", Duration.ofDays(9));
        gauges.refresh();
        assertThat(gauge(registry, main, "second").value()).isLessThan(-1000);
        gauges.destroy();
    }

    @Test
    void metricIsShownByAReplicaThatWasNotThereWhenTheKeyCame() {
        MeterRegistry registry = other.bean(MeterRegistry.class);

        await().atMost(PATIENCE).until(() -> gauge(registry, early, early) != null);
        assertThat(gauge(registry, early, early).value()).isBetween(5 * 365.0, 5 * 365.0 + 2);
    }

    /** Requests that go on while something else happens, on both replicas in turn. */
    private static final class Load implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger firstTokens = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Queue<String> newSubjects = new ConcurrentLinkedQueue<>();
        private final String connection;
        private final List<String> users;

        private Load(String connection, List<String> users) {
            this.connection = connection;
            this.users = users;
        }

        @Override
        public void close() {
            over.set(true);
        }

        private void read() {
            while (!over.get()) {
                int turn = reads.incrementAndGet();
                Product replica = turn % 2 == 0 ? one : other;
                note(() -> replica.apps(connection, users.get(turn % users.size())));
            }
        }

        private void issue(Product replica) {
            while (!over.get()) {
                String subject = Product.name("rotation|new");
                newSubjects.add(subject);
                note(() -> replica.token(connection, replica.user(connection, subject)));
                firstTokens.incrementAndGet();
            }
        }

        private void note(Supplier<Product.Answer> request) {
            try {
                Product.Answer answer = request.get();
                if (answer.status() != 200) {
                    failures.add(answer.text());
                }
            } catch (RuntimeException | AssertionError failed) {
                failures.add(failed.toString());
            }
        }

        private void awaitFirstTokens(int count) {
            await().atMost(PATIENCE).until(() -> firstTokens.get() >= count);
        }
    }

    private static Load rotateUnderLoad(String main, List<String> users) throws Exception {
        // closed in this order: the load, then its threads
        try (ExecutorService threads = Executors.newFixedThreadPool(5);
                Load load = new Load(main, users)) {
            for (int reader = 0; reader < 3; reader++) {
                threads.submit(load::read);
            }
            threads.submit(() -> load.issue(one));
            threads.submit(() -> load.issue(other));
            load.awaitFirstTokens(3);
            rotate(main, users.getFirst());
            load.awaitFirstTokens(load.firstTokens.get() + 4);
            return load;
        }
    }

    private static void rotate(String main, String user) {
        stage(main, "second");
        assertThat(test(main, user, "second").path("passed").asBoolean()).isFalse();
        tenant.identityProvider(Product.ISSUER + "/" + main, "second", certificate(main, "second"));
        assertThat(test(main, user, "second").path("passed").asBoolean()).isTrue();
        assertThat(activate(main, "second").path("warnings").isEmpty()).isTrue();
        assertThat(other.post("/api/v1/connections/" + main + "/test", Map.of("user", user))
                        .expect(200)
                        .json()
                        .path("passed")
                        .asBoolean())
                .isTrue();
    }

    private static void stage(String connection, String kid) {
        JsonNode staged = one.post(keys(connection), Map.of("generate", Map.of("bits", 2048), "kid", kid))
                .expect(201)
                .json();
        assertThat(staged.path("state").asString()).isEqualTo("staged");
    }

    private static String certificate(String connection, String kid) {
        return one.get(keys(connection) + "/" + kid + "/certificate")
                .expect(200)
                .text();
    }

    private static JsonNode activate(String connection, String kid) {
        return one.post(keys(connection) + "/" + kid + "/activate", Map.of())
                .expect(200)
                .json();
    }

    private static JsonNode test(String connection, String user, String kid) {
        return other.post("/api/v1/connections/" + connection + "/test", Map.of("user", user, "kid", kid))
                .expect(200)
                .json();
    }

    private static String keys(String connection) {
        return "/api/v1/connections/" + connection + "/signing-keys";
    }

    private static Instant end(String connection) {
        return one.bean(SigningKeyStore.class)
                .of(new ConnectionId(connection), connection)
                .notAfter();
    }

    private static void endIn(String connection, Duration time) {
        one.bean(JdbcClient.class)
                .sql("update signing_key set not_after = ? where connection_id = ?")
                .params(Timestamp.from(Instant.now().plus(time)), connection)
                .update();
    }

    private static void endIn(String connection, String kid, Duration time) {
        one.bean(JdbcClient.class)
                .sql("update signing_key set not_after = ? where connection_id = ? and kid = ?")
                .params(Timestamp.from(Instant.now().plus(time)), connection, kid)
                .update();
    }

    private static List<ApiKey> keysOf(List<String> subjects) {
        return subjects.stream()
                .flatMap(subject -> tenant.activeKeys(subject).stream())
                .toList();
    }

    private static List<String> kidsOf(Queue<String> subjects) {
        return tenant.assertions().stream()
                .filter(assertion -> subjects.contains(assertion.claims().get("sub")))
                .map(assertion -> String.valueOf(assertion.header().get("kid")))
                .distinct()
                .toList();
    }

    /** Both replicas, as if the task had been started twice. */
    private static void lookAtOnce(Instant now) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> looks = new ArrayList<>();
            for (Product replica : List.of(one, other)) {
                CertificateWatch watch = new CertificateWatch(
                        List.of(replica.bean(CertificateStore.class)), Clock.fixed(now, ZoneOffset.UTC));
                looks.add(threads.submit(() -> {
                    start.await();
                    watch.look();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> look : looks) {
                look.get();
            }
        }
    }

    private static List<String> warnings(LogLines log, String connection) {
        return log.all()
                .lines()
                .filter(line -> line.contains("The certificate of the")
                        && line.contains("of the connection " + connection + " "))
                .toList();
    }

    private static CertificateGauges gauges(MeterRegistry registry, Instant now) {
        return new CertificateGauges(
                List.of(one.bean(CertificateStore.class)), registry, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Gauge gauge(MeterRegistry registry, String connection, String kid) {
        return registry.find("bridge.signing.certificate.days")
                .tags("connection", connection, "kid", kid)
                .gauge();
    }
}
