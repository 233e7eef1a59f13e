package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestSites;
import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import io.qlikbridge.sitesimulator.SiteCall;
import io.qlikbridge.sitesimulator.SiteTrouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call to a site goes wrong in every way: each is told by its code, and the user is served as soon as it is over. */
@Order(3)
class SiteFaultTests {

    /**
     * Rows are troubles; columns are the steps of {@link Step}, in order. {@code 200} where the bridge gets over it: a read on a kept
     * connection that is closed is made again, and a session that has ended is followed by another.
     */
    private static final String EXPECTED = """
            HANG                     | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            RESET                    | tenant-unreachable       | tenant-unreachable       | 200
            CLOSE                    | tenant-unreachable       | tenant-unreachable       | 200
            STATUS_401               | user-not-at-tenant       | assertion-refused        | 200
            STATUS_403               | tenant-refused           | assertion-refused        | tenant-refused
            STATUS_404               | 200                      | 200                      | 200
            STATUS_429               | 200                      | tenant-rate-limited      | 200
            STATUS_500               | tenant-refused           | tenant-refused           | tenant-refused
            STATUS_503               | tenant-refused           | tenant-refused           | tenant-refused
            HTML_502                 | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            HTML_200                 | tenant-answer-unreadable | assertion-refused        | 200
            ENDLESS                  | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            DRIP                     | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            HANG_AFTER_IT_ACTED      | tenant-unreachable       | tenant-unreachable       | tenant-unreachable
            RESET_AFTER_IT_ACTED     | tenant-unreachable       | tenant-unreachable       | 200
            HTML_502_AFTER_IT_ACTED  | tenant-answer-unreadable | tenant-answer-unreadable | tenant-answer-unreadable
            TRUNCATED                | tenant-answer-unreadable | 200                      | tenant-answer-unreadable
            BROKEN_OFF               | tenant-answer-unreadable | 200                      | tenant-answer-unreadable
            """;

    private static final Map<String, Integer> STATUSES = Map.of(
            "tenant-unreachable", 503,
            "tenant-rate-limited", 503,
            "assertion-refused", 502,
            "user-not-at-tenant", 502,
            "tenant-refused", 502,
            "tenant-answer-unreadable", 502);

    private static final Set<SiteTrouble> SILENT =
            EnumSet.of(SiteTrouble.HANG, SiteTrouble.DRIP, SiteTrouble.HANG_AFTER_IT_ACTED);

    private static final SimulatedSite site = SimulatedSite.start();
    /** Waits as long as a busy machine may take. */
    private static Product bridge;
    /** A replica of it, which is asked where a case is about a time-out. */
    private static Product impatient;

    private enum Step {
        /** The list, by certificates. */
        LIST_BY_CERTIFICATE(call -> call.path().contains("/qrs/app")),
        /** The call that opens a session. */
        SIGN_IN(call -> call.path().endsWith("/qps/csrftoken")),
        /** The list, with a session. */
        LIST_BY_SESSION(call -> call.path().contains("/qrs/app"));

        private final Predicate<SiteCall> calls;

        Step(Predicate<SiteCall> calls) {
            this.calls = calls;
        }
    }

    @BeforeAll
    static void start() {
        Map<String, Object> database = TestDatabase.fresh();
        bridge = Product.start(
                database, Map.of("db-scheduler.polling-interval", "PT1H", "bridge.lease.refused-for", "PT0.1S"));
        impatient = Product.start(
                database,
                Map.of(
                        "bridge.tenant.read-timeout", "PT2S",
                        // what drips has both times together
                        "bridge.tenant.connect-timeout", "PT4S",
                        "bridge.sense.sign-in-timeout", "PT2S",
                        "bridge.lease.refused-for", "PT0.1S"));
    }

    @AfterAll
    static void stop() {
        impatient.close();
        bridge.close();
        site.close();
    }

    @Test
    void tableSaysSomethingOfEveryTroubleAtEveryStep() {
        assertThat(cases()).hasSize(SiteTrouble.values().length * Step.values().length);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cases")
    void troubleIsToldByItsCodeAndLeavesNothingBehind(Step step, SiteTrouble trouble, String expected) {
        site.reset();
        String connection = step == Step.LIST_BY_CERTIFICATE
                ? TestSites.withCertificates(bridge, site)
                : TestSites.withJwt(bridge, site);
        String user = TestSites.user(bridge, "ada");
        site.apps("LAB\\" + user, SiteApp.of("Sales"));
        site.trouble(step.calls, trouble, 1);

        Product.Answer answer = (SILENT.contains(trouble) ? impatient : bridge).apps(connection, user);

        assertThat(site.troublesStruck()).isEqualTo(1);
        if (expected.equals("200")) {
            answer.expect(200);
        } else {
            answer.expectProblem(STATUSES.get(expected), expected);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                bridge.apps(connection, user).expect(200).json().path("items"))
                        .hasSize(1));
        assertThat(site.sessionsOpened("LAB\\" + user)).isLessThanOrEqualTo(2);
    }

    static List<Object[]> cases() {
        return EXPECTED.lines().map(String::strip).flatMap(SiteFaultTests::row).toList();
    }

    private static Stream<Object[]> row(String line) {
        String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
        return Arrays.stream(Step.values()).map(step ->
                new Object[] {step, SiteTrouble.valueOf(cells[0]), cells[step.ordinal() + 1]});
    }
}
