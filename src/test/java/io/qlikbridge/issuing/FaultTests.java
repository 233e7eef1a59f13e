package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every trouble at every call: the caller is told what went wrong, is served as soon as it is over, and nothing is left
 * behind at the tenant or in the database.
 */
@Order(1)
class FaultTests {

    /**
     * What the caller is told, by trouble and step: a problem, or a status where it is served all the same. Of a revocation
     * 204 says that the key is gone and 202 that it will be; a 401 to the key that is to be ended may mean either.
     */
    private static final String TABLE = """
            trouble                   | JWT_SESSION              | CSRF_TOKEN               | API_KEY                  | LOOK                     | CLEAN_UP                 | REVOCATION               | ACCESS_TOKEN             | TOKEN_USER               | KEPT_SESSION             | SESSION_USER
            CONNECTION_REFUSED        | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            RESET_BEFORE_IT_ACTED     | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            RESET_AFTER_IT_ACTED      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            SILENCE_AND_NEVER_ACTED   | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            SILENCE_AFTER_IT_ACTED    | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            ACTED_LATE                | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            ACTED_AFTER_THE_NEXT_LOOK | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | 202                      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            STATUS_401                | assertion-refused        | tenant-refused           | api-key-refused          | tenant-refused           | tenant-refused           | 204 202                  | tenant-refused           | tenant-refused           | assertion-refused        | tenant-refused
            STATUS_403                | assertion-refused        | tenant-refused           | api-key-refused          | tenant-refused           | tenant-refused           | 202                      | tenant-refused           | tenant-refused           | assertion-refused        | tenant-refused
            STATUS_429                | tenant-rate-limited      | tenant-rate-limited      | tenant-rate-limited      | tenant-rate-limited      | tenant-rate-limited      | 202                      | tenant-rate-limited      | tenant-rate-limited      | tenant-rate-limited      | tenant-rate-limited
            STATUS_500                | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | 202                      | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused
            STATUS_503                | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | 202                      | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused
            STATUS_504_AFTER_IT_ACTED | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused           | 202                      | tenant-refused           | tenant-refused           | tenant-refused           | tenant-refused
            HTML                      | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | 202                      | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            HTML_AFTER_IT_ACTED       | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | 202                      | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            TRUNCATED_JSON            | 200                      | 200                      | tenant-answer-unreadable | tenant-answer-unreadable | 200                      | 204                      | tenant-answer-unreadable | 200                      | 200                      | 200
            BROKEN_OFF_AFTER_IT_ACTED | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | 202                      | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            REDIRECT                  | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | 202                      | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            """;

    private static final Map<String, Integer> STATUSES = Map.of(
            "tenant-unreachable", 503,
            "tenant-rate-limited", 503,
            "assertion-refused", 502,
            "api-key-refused", 502,
            "tenant-refused", 502,
            "tenant-answer-unreadable", 502);

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);
    private static final int PLANTED = 2;

    private static final ExecutorService together = Executors.newFixedThreadPool(8);
    /** Waits as long as a busy machine may take, so it does no work in the background, where others' tenants may be silent. */
    private static Product bridge;
    /** A replica of it, which is asked where a case is about a time-out, and does the work in the background. */
    private static Product impatient;

    @BeforeAll
    static void start() {
        Map<String, Object> database = TestDatabase.fresh();
        bridge = Product.start(
                database,
                Map.of(
                        "db-scheduler.polling-interval", "PT1H",
                        "bridge.lease.orphan-sweep", "PT1S",
                        "bridge.lease.installation-sweep", "PT1S",
                        "bridge.lease.refused-for", "PT0.1S"));
        impatient = Product.start(
                database,
                Map.of(
                        "bridge.tenant.read-timeout", "PT3S",
                        "bridge.lease.orphan-sweep", "PT1S",
                        "bridge.lease.installation-sweep", "PT1S",
                        "bridge.lease.refused-for", "PT0.1S"));
        warmUp();
    }

    /** What runs for the first time takes its time, and a time-out is what these tests are about. */
    private static void warmUp() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String connection = bridge.connectTo(tenant);
            for (int user = 0; user < 5; user++) {
                impatient.apps(connection, bridge.user(connection, "warm|" + user));
            }
            impatient.delete("/api/v1/connections/" + connection + "?revoke=true");
        }
    }

    @AfterAll
    static void stop() {
        together.shutdownNow();
        impatient.close();
        bridge.close();
    }

    @Test
    void tableSaysSomethingOfEveryTroubleAtEveryStep() {
        assertThat(cases(Step.values())).hasSize(Trouble.values().length * Step.values().length);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("issuing")
    void issuingWhenACallGoesWrongLeavesNothingBehind(Step step, Trouble trouble, String told, Course course)
            throws Throwable {
        course.end();
    }

    static Stream<Arguments> issuing() {
        return begin(FaultTests::issue, Step.JWT_SESSION, Step.CSRF_TOKEN, Step.API_KEY);
    }

    private static void issue(Step step, Trouble trouble, String told) {
        try (Case one = new Case(step, trouble)) {
            one.troubled.begin();

            one.expect(one.appsInTrouble(), told);

            assertThat(one.troubled.hits()).as(one.subject).isPositive();
            assertThat(one.keysMade()).isEqualTo(step == Step.API_KEY && trouble.acted() || told.equals("200") ? 1 : 0);
            one.isServedAndSettlesOnceLifted();
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("searching")
    void searchForAnOrphanWhenACallGoesWrongIsMadeAgain(Step step, Trouble trouble, String told, Course course)
            throws Throwable {
        course.end();
    }

    static Stream<Arguments> searching() {
        return begin(FaultTests::search, Step.LOOK, Step.CLEAN_UP);
    }

    private static void search(Step step, Trouble trouble, String told) {
        try (Case one = new Case(step, trouble)) {
            one.troubled.loseKeys();
            one.troubled.begin();
            one.expect(one.apps(), "tenant-unreachable");
            one.isLookedForInTheBackgroundLater();
            assertThat(one.keysMade()).isOne();
            one.troubled.findKeys();

            one.expect(one.appsInTrouble(), told);

            assertThat(one.troubled.hits()).as(one.subject).isPositive();
            // no other key before the search has come to its end
            assertThat(one.keysMade()).isEqualTo(told.equals("200") ? 2 : 1);
            one.isServedAndSettlesOnceLifted();
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("revocation")
    void revocationWhenItsCallGoesWrongIsMadeAgain(Step step, Trouble trouble, String told, Course course)
            throws Throwable {
        course.end();
    }

    static Stream<Arguments> revocation() {
        return begin(FaultTests::revoke, Step.REVOCATION);
    }

    private static void revoke(Step step, Trouble trouble, String told) {
        try (Case one = new Case(step, trouble)) {
            one.apps().expect(200);
            String lease = one.onlyLease();
            one.troubled.begin();

            Answer answer = one.askedInTrouble().delete("/api/v1/leases/" + lease);

            assertThat(told).as("%s: %s", one.subject, answer.text()).contains(Integer.toString(answer.status()));
            assertThat(one.troubled.hits()).as(one.subject).isPositive();
            assertThat(one.state(lease)).isEqualTo(answer.status() == 204 ? "revoked" : "revoking");
            // not in use any more, whether the tenant knows it or not
            assertThat(bridge.token(one.connection, one.user).text()).doesNotContain(lease);
            one.isServedAndSettlesOnceLifted();
            Awaitility.await()
                    .atMost(SETTLED_WITHIN)
                    .until(() -> one.state(lease).equals("revoked"));
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("otherCredentials")
    void issuingOfAnotherCredentialWhenACallGoesWrongIsMadeAnew(Step step, Trouble trouble, String told, Course course)
            throws Throwable {
        course.end();
    }

    static Stream<Arguments> otherCredentials() {
        return begin(
                FaultTests::issueAnother, Step.ACCESS_TOKEN, Step.TOKEN_USER, Step.KEPT_SESSION, Step.SESSION_USER);
    }

    /** A token or session whose answer was lost ends by itself: nothing is looked for. */
    private static void issueAnother(Step step, Trouble trouble, String told) {
        try (Case one = new Case(step, trouble)) {
            one.troubled.begin();

            one.expect(one.appsInTrouble(), told);

            assertThat(one.troubled.hits()).as(one.subject).isPositive();
            one.isServedOnceLifted();
            assertThat(one.active()).as(one.subject).isOne();
            assertThat(one.keysMade()).isZero();
        }
    }

    /** What is done and asserted in a case. */
    private interface Scenario {

        void run(Step step, Trouble trouble, String told);
    }

    /** How a case goes that was begun together with others: they do little but wait for time-outs. */
    record Course(Future<?> future) {

        void end() throws Throwable {
            try {
                future.get();
            } catch (ExecutionException failed) {
                throw failed.getCause();
            }
        }
    }

    private static Stream<Arguments> begin(Scenario scenario, Step... steps) {
        return cases(steps)
                .map(one -> {
                    Object[] row = one.get();
                    Future<?> future =
                            together.submit(() -> scenario.run((Step) row[0], (Trouble) row[1], (String) row[2]));
                    return Arguments.of(row[0], row[1], row[2], new Course(future));
                })
                .toList()
                .stream();
    }

    private static Stream<Arguments> cases(Step... steps) {
        List<String[]> rows =
                TABLE.lines().map(line -> line.strip().split(" *\\| *")).toList();
        List<String> columns = List.of(rows.getFirst());
        return rows.stream()
                .skip(1)
                .flatMap(row -> Arrays.stream(steps)
                        .map(step -> Arguments.of(step, Trouble.valueOf(row[0]), row[columns.indexOf(step.name())])));
    }

    /** A user of a tenant of its own, who holds keys that are none of ours. */
    private static final class Case implements AutoCloseable {

        private final Trouble trouble;
        private final String subject;
        private final TroubledTenant troubled;
        private final LeaseInvariants invariants;
        private final String connection;
        private final String user;

        private Case(Step step, Trouble trouble) {
            this.trouble = trouble;
            this.subject = step + "|" + trouble;
            this.troubled = new TroubledTenant(step, trouble);
            this.connection = step.kept().connect(bridge, troubled.tenant(), Map.of("host", troubled.url()));
            this.user = bridge.user(connection, subject);
            this.invariants = new LeaseInvariants(bridge.bean(JdbcClient.class), troubled.tenant(), connection);
            invariants.plantForeignKeys(subject);
        }

        private Answer apps() {
            return bridge.apps(connection, user);
        }

        private Answer appsInTrouble() {
            return askedInTrouble().apps(connection, user);
        }

        private Product askedInTrouble() {
            return trouble.isSilence() ? impatient : bridge;
        }

        private int keysMade() {
            return troubled.tenant().keysMade(subject) - PLANTED;
        }

        private void expect(Answer answer, String told) {
            int status = STATUSES.getOrDefault(told, 200);
            assertThat(answer.status()).as("%s: %s", subject, answer.text()).isEqualTo(status);
            if (status == 200) {
                return;
            }
            answer.expectProblem(status, told);
            if (told.equals("tenant-rate-limited")) {
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
        }

        /** Else it may be deleted before anybody asks. */
        private void isLookedForInTheBackgroundLater() {
            bridge.bean(JdbcClient.class)
                    .sql("update issue_attempt set next_look_at = now() + interval '10 seconds'"
                            + " where connection_id = :connection and watched_until is not null")
                    .param("connection", connection)
                    .update();
        }

        private int active() {
            return bridge.get("/api/v1/leases?state=active&connection=" + connection)
                    .expect(200)
                    .json()
                    .path("items")
                    .size();
        }

        private void isServedOnceLifted() {
            troubled.lift();
            if (trouble == Trouble.ACTED_LATE) {
                troubled.actLate();
            }
            pause(trouble == Trouble.STATUS_429 ? Duration.ofMillis(1200) : Duration.ofMillis(300));
            apps().expect(200);
            troubled.actLate();
        }

        private void isServedAndSettlesOnceLifted() {
            isServedOnceLifted();
            invariants.awaitSettled(SETTLED_WITHIN);
            assertThat(invariants.keysOf(subject)).hasSize(1);
            apps().expect(200);
        }

        private String onlyLease() {
            return bridge.get("/api/v1/leases?connection=" + connection)
                    .expect(200)
                    .json()
                    .path("items")
                    .path(0)
                    .path("id")
                    .asString();
        }

        private String state(String lease) {
            return bridge.get("/api/v1/leases/" + lease)
                    .expect(200)
                    .json()
                    .path("state")
                    .asString();
        }

        private static void pause(Duration length) {
            Awaitility.await().pollDelay(length).until(() -> true);
        }

        @Override
        public void close() {
            troubled.lift();
            troubled.actLate();
            // so that nothing of it is looked after once it is over
            bridge.delete("/api/v1/connections/" + connection + "?revoke=true");
            troubled.close();
        }
    }
}
