package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.OneAtATime;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

@OneAtATime
class RateLimitGateTests {

    private static final String HOST = "https://one.example.org";
    private static final String ELSEWHERE = "https://two.example.org";

    private final StoppedClock clock = new StoppedClock();
    private final RateLimits tenants = new RateLimits(clock);
    private final RateLimitGate pace = new RateLimitGate(
            tenants,
            new RateLimitTiers(clock),
            new TenantProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 4, Duration.ZERO, Duration.ofSeconds(2)),
            new CallMeters(new SimpleMeterRegistry()),
            clock);

    @Test
    void requireWhenWritesArePausedRefusesThoseOfAllUsersAndLogins() {
        pace.hear(TestCalls.login(HOST, "ada"), limited("37"));

        assertRefused(TestCalls.login(HOST, "bob"), 37);
        assertRefused(TestCalls.write(HOST, "cem"), 37);
        assertMade(TestCalls.read(HOST, "ada"));
        assertMade(TestCalls.login(ELSEWHERE, "ada"));
    }

    @Test
    void requireWhenOneUsersReadsArePausedRefusesThatUsersAlone() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));

        assertRefused(TestCalls.read(HOST, "ada"), 37);
        assertMade(TestCalls.read(HOST, "bob"));
        assertMade(TestCalls.write(HOST, "ada"));
        assertMade(TestCalls.read(ELSEWHERE, "ada"));
    }

    @Test
    void requireWhenASecondUsersReadsArePausedMeanwhileRefusesEverybodys() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));
        assertMade(TestCalls.read(HOST, "cem"));

        pace.hear(TestCalls.read(HOST, "bob"), limited("20"));

        assertRefused(TestCalls.read(HOST, "cem"), 20);
        assertRefused(TestCalls.readInSession(HOST, "dan"), 20);
        assertRefused(TestCalls.read(HOST, "ada"), 37);
        assertMade(TestCalls.write(HOST, "cem"));
        assertMade(TestCalls.read(ELSEWHERE, "cem"));
    }

    @Test
    void requireWhenASecondUsersReadsArePausedAfterwardsRefusesThatUsersAlone() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));
        clock.pass(Duration.ofSeconds(37));

        pace.hear(TestCalls.read(HOST, "bob"), limited("20"));

        assertMade(TestCalls.read(HOST, "cem"));
    }

    @Test
    void requireWhenASessionIsPausedTakesItForNoSecondUser() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));
        pace.hear(TestCalls.readInSession(HOST, "of ada too"), limited("37"));

        assertRefused(TestCalls.readInSession(HOST, "of ada too"), 37);
        assertMade(TestCalls.read(HOST, "bob"));
    }

    @Test
    void requireWhenThePauseIsOverRefusesNothing() {
        pace.hear(TestCalls.write(HOST, "ada"), limited("37"));

        clock.pass(Duration.ofSeconds(36));
        assertRefused(TestCalls.write(HOST, "ada"), 1);
        clock.pass(Duration.ofSeconds(1));

        assertMade(TestCalls.write(HOST, "ada"));
        assertThat(tenants.left(URI.create(HOST))).isZero();
    }

    @Test
    void requireWhenInBackgroundRefusesWhateverIsPaused() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("37"));

        Background.run(() -> {
            assertRefused(TestCalls.read(HOST, "bob"), 37);
            assertRefused(TestCalls.write(HOST, "bob"), 37);
            assertMade(TestCalls.read(ELSEWHERE, "ada"));
        });
        assertThat(tenants.left(URI.create(HOST))).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void awaitWhenThePauseIsLongRefusesAtOnce() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("3"));

        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> pace.await(TestCalls.read(HOST, "ada")));
    }

    @Test
    void awaitWhenThePauseIsShortWaitsItOut() throws InterruptedException {
        pace.hear(TestCalls.read(HOST, "ada"), limited("3"));
        clock.pass(Duration.ofMillis(2_900));
        Thread waiting = Thread.ofVirtual().start(() -> pace.await(TestCalls.read(HOST, "ada")));

        // asleep for 100 ms, again and again, since the clock stands still
        assertThat(waiting.join(Duration.ofMillis(300))).isFalse();
        clock.pass(Duration.ofMillis(100));

        assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
        assertMade(TestCalls.read(HOST, "ada"));
    }

    @Test
    void awaitWhenThePauseGrowsMeanwhileRefuses() throws InterruptedException {
        pace.hear(TestCalls.read(HOST, "ada"), limited("1"));
        Thread waiting = Thread.ofVirtual()
                .start(() -> assertThatExceptionOfType(TenantException.class)
                        .isThrownBy(() -> pace.await(TestCalls.read(HOST, "ada"))));

        pace.hear(TestCalls.read(HOST, "ada"), limited("60"));

        assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void awaitWhenInBackgroundNeverWaits() {
        pace.hear(TestCalls.read(HOST, "ada"), limited("1"));

        Background.run(() -> assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> pace.await(TestCalls.read(HOST, "bob"))));
    }

    @ParameterizedTest
    @CsvSource({"2, 0, true", "3, 0, false", "1, 3, false"})
    void isWorthRepeatingWhenPauseAndCallAreShort(String retryAfter, long took, boolean worth) {
        Instant start = clock.instant().minusSeconds(took);

        assertThat(pace.isWorthRepeating(TestCalls.write(HOST, "ada"), limited(retryAfter), start))
                .isEqualTo(worth);
    }

    @Test
    void isWorthRepeatingNeverTakesALoginNorBackgroundWork() {
        Instant now = clock.instant();

        assertThat(pace.isWorthRepeating(TestCalls.login(HOST, "ada"), limited("1"), now))
                .isFalse();
        Background.run(() -> assertThat(pace.isWorthRepeating(TestCalls.read(HOST, "ada"), limited("1"), now))
                .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"'', 60", "soon, 60", "0, 1", "86400, 3600"})
    void hearWhenTheTenantIsVagueOrExaggeratesKeepsToReason(String retryAfter, long seconds) {
        pace.hear(TestCalls.read(HOST, "ada"), limited(retryAfter));

        assertRefused(TestCalls.read(HOST, "ada"), seconds);
    }

    private void assertRefused(TenantCall call, long seconds) {
        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> pace.require(call))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.TENANT_RATE_LIMITED);
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
                    assertThat(refused.mayHaveActed()).isFalse();
                    assertThat(refused.detail()).contains("Ask again in " + seconds + " seconds");
                });
    }

    private void assertMade(TenantCall call) {
        assertThatCode(() -> pace.require(call)).doesNotThrowAnyException();
    }

    private static TenantAnswer limited(String retryAfter) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
        return new TenantAnswer(HttpStatus.TOO_MANY_REQUESTS, headers, new byte[0]);
    }

    /** Stands still until a test moves it. */
    private static final class StoppedClock extends Clock {

        private volatile Instant now = Instant.parse("2026-05-01T08:00:00Z");

        private void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
