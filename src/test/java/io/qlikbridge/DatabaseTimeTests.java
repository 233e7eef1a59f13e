package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Status;

class DatabaseTimeTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Close to its end, where it starts anew. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private Instant database = NOON;
    private Duration answerTakes = Duration.ZERO;
    private boolean away;

    @ParameterizedTest
    @CsvSource({"P1D", "P-1D", "PT61S", "PT0S"})
    void clockWhateverTheMachinesShowsTheDatabases(Duration ahead) throws SQLException {
        DatabaseTime time = time(NOON.plus(ahead));

        assertThat(time.clock().instant()).isEqualTo(NOON);
        assertThat(time.ahead()).isEqualTo(ahead);
    }

    @Test
    void clockBetweenReadingsGoesOnByTheMonotonicClock() throws SQLException {
        DatabaseTime time = time(NOON);

        nanos.addAndGet(Duration.ofSeconds(7).toNanos());

        assertThat(time.clock().instant()).isEqualTo(NOON.plusSeconds(7));
    }

    @Test
    void clockCountsHalfOfWhatTheAnswerTook() throws SQLException {
        long start = nanos.get();
        DatabaseTime time = new DatabaseTime(
                () -> {
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    Instant said = NOON.plusNanos(nanos.get() - start);
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    return said;
                },
                Clock.fixed(NOON, ZoneOffset.UTC),
                nanos::get);

        assertThat(time.clock().instant()).isEqualTo(NOON.plusNanos(nanos.get() - start));
    }

    @Test
    void refreshWhenTheDatabasesClockWasSetFollowsIt() throws SQLException {
        DatabaseTime time = time(NOON);
        database = NOON.minusSeconds(3);

        time.refresh();

        assertThat(time.clock().instant()).isEqualTo(NOON.minusSeconds(3));
    }

    @Test
    void refreshWhenASlowAnswerSaysNothingNewMovesNothing() throws SQLException {
        DatabaseTime time = time(NOON);
        answerTakes = Duration.ofSeconds(2);

        time.refresh();

        assertThat(time.clock().instant()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void refreshWhileTheDatabaseIsAwayGoesOn() throws SQLException {
        DatabaseTime time = time(NOON);
        away = true;
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());

        time.refresh();

        assertThat(time.clock().instant()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void startWhileTheDatabaseIsAwayFails() {
        away = true;

        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> time(NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, UP",
        "PT60S, UP",
        "PT-60S, UP",
        "PT61S, OUT_OF_SERVICE",
        "PT-61S, OUT_OF_SERVICE",
        "P1D, OUT_OF_SERVICE"
    })
    void healthIsOutOfServiceWhenClocksDifferByMoreThanAMinute(Duration ahead, String status) throws SQLException {
        assertThat(new ClockHealthIndicator(time(NOON.plus(ahead))).health().getStatus())
                .isEqualTo(new Status(status));
    }

    @Test
    void refreshTellsOnceThatClocksDifferAndOnceThatTheyAgreeAgain(LogLines log) throws SQLException {
        DatabaseTime time = time(NOON.plus(Duration.ofDays(1)));

        time.refresh();
        time.refresh();

        assertThat(log.own().split("ahead of the database's by PT24H", -1)).hasSize(2);

        database = NOON.plus(Duration.ofDays(1));
        time.refresh();
        time.refresh();

        assertThat(log.own().split("agrees with the database's again", -1)).hasSize(2);
    }

    private DatabaseTime time(Instant own) throws SQLException {
        return new DatabaseTime(this::ask, Clock.fixed(own, ZoneOffset.UTC), nanos::get);
    }

    private Instant ask() throws SQLException {
        if (away) {
            throw new SQLException("is away", "08001");
        }
        nanos.addAndGet(answerTakes.toNanos());
        return database;
    }
}
