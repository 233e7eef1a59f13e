package io.qlikbridge.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.issuing.LimitedTenant;
import io.qlikbridge.upkeep.RenewalSimulation.Course;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it comes to is drawn into the file that the system property {@code renewal.plot} names, if it does. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RenewalSimulationTests {

    /** What a pace has saved up for a round, and what is left of the round before, come on top. */
    private static final double WITH_ROUNDS = 1.15;

    private static final List<Course> courses = new ArrayList<>();

    @AfterAll
    static void plot() throws IOException {
        String file = System.getProperty("renewal.plot");
        if (file != null) {
            courses.sort(
                    Comparator.comparing((Course course) -> course.scenario().expiry())
                            .reversed());
            Files.writeString(Path.of(file), RenewalPlot.of(courses));
            courses.forEach(System.out::println);
        }
    }

    @Test
    void renewalOfLongKeysIsInTimeAndWithinTheLimits() {
        Course course = RenewalSimulation.run(RenewalScenario.ofLongKeys());
        courses.add(course);

        assertInTimeAndWithinTheLimits(course);
        assertThat(course.renewals()).isEqualTo(course.scenario().users());
        assertThat(course.lapsed()).isZero();
        // a fifth of 30 days; the outage took nothing of it
        assertThat(course.least()).isGreaterThan(Duration.ofDays(6).toHours() - 1);
    }

    @Test
    void renewalOfShortKeysIsInTimeAndWithinTheLimits() {
        Course course = RenewalSimulation.run(RenewalScenario.ofShortKeys());
        courses.add(course);

        assertInTimeAndWithinTheLimits(course);
        int gone = course.scenario().users() / course.scenario().stopping();
        assertThat(course.lapsed()).isEqualTo(gone);
        // once more for those who had used theirs before they went
        assertThat(course.renewedForNobody()).isLessThanOrEqualTo(gone);
    }

    @Test
    void renewalAtTooSlowAPaceLetsLeasesExpireInUse() {
        RenewalScenario scenario = RenewalScenario.ofShortKeys().of(3000).everybodyGoneAt(Duration.ofDays(2));

        Course course = RenewalSimulation.run(scenario.with(Map.of("bridge.lease.renewals-per-minute", 1)));

        assertThat(course.tooLate()).isPositive();
    }

    private static void assertInTimeAndWithinTheLimits(Course course) {
        assertThat(course.failures()).isPositive();
        assertThat(course.tooLate()).isZero();
        assertThat(course.renewedUnused()).isZero();
        assertThat(course.limited()).isZero();
        assertThat(course.mostLogins()).isLessThanOrEqualTo(LimitedTenant.LOGINS_A_MINUTE);
        assertThat(course.mostWritesOfOneUser()).isLessThanOrEqualTo(LimitedTenant.WRITES_A_MINUTE);
        assertThat((double) course.mostRenewals()).isLessThanOrEqualTo(course.pace() * WITH_ROUNDS);
        assertThat(course.undeleted()).isLessThan(course.pace());
        assertThat(course.deletions() + course.undeleted()).isEqualTo(course.renewals());
    }
}
