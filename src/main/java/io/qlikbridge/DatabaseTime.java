package io.qlikbridge;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The database's time, which all replicas go by: one whose own clock is wrong ends no leases that live on. It is read at the start and
 * every ten seconds; in between, and while the database is away, it goes on by the process' monotonic clock.
 */
@Component
class DatabaseTime implements DisposableBean {

    /** By how much a replica's own clock may differ. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(DatabaseTime.class);
    private static final Duration READ_EACH = Duration.ofSeconds(10);
    private static final int READINGS_AT_START = 3;

    private final Source source;
    private final Clock own;
    private final LongSupplier nanos;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("database-time").factory());
    private volatile Reading last;
    private volatile Duration ahead;
    private boolean told;

    @Autowired
    DatabaseTime(DataSource database) throws SQLException {
        this(() -> ask(database), Clock.systemUTC(), System::nanoTime);
    }

    /**
     * @param own the clock of this machine
     * @param nanos a clock that nobody sets, in nanoseconds
     */
    DatabaseTime(Source source, Clock own, LongSupplier nanos) throws SQLException {
        this.source = source;
        this.own = own;
        this.nanos = nanos;
        Reading best = read();
        for (int reading = 1; reading < READINGS_AT_START; reading++) {
            Reading another = read();
            best = another.took().compareTo(best.took()) < 0 ? another : best;
        }
        this.last = best;
        this.ahead = compare();
    }

    /** Shows the database's time. */
    Clock clock() {
        return new Shown(ZoneOffset.UTC);
    }

    /** By how much this machine's clock was ahead of the database's when it was last compared; negative when it was behind. */
    Duration ahead() {
        return ahead;
    }

    boolean isOwnClockRight() {
        return ahead.abs().compareTo(TOLERANCE) <= 0;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::refresh, 0, READ_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    /** What was read moves the time only if it is off by more than the answer took: less says nothing. */
    void refresh() {
        try {
            Reading reading = read();
            Duration off =
                    Duration.between(now(), reading.at(nanos.getAsLong())).abs();
            if (off.compareTo(reading.took()) > 0) {
                last = reading;
            }
        } catch (SQLException | RuntimeException away) {
            log.debug("The database's time could not be read", away);
        }
        ahead = compare();
        tell();
    }

    private void tell() {
        if (isOwnClockRight()) {
            if (told) {
                log.info("This replica's clock agrees with the database's again");
            }
            told = false;
        } else if (!told) {
            told = true;
            log.warn(
                    "This replica's clock is {} the database's by {}. The bridge goes by the database's, and this replica is not"
                            + " ready until they agree to a minute: set both machines' clocks by NTP",
                    ahead.isNegative() ? "behind" : "ahead of",
                    ahead.abs().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private Reading read() throws SQLException {
        long before = nanos.getAsLong();
        Instant read = source.now();
        long took = nanos.getAsLong() - before;
        return new Reading(read, before + took / 2, Duration.ofNanos(took));
    }

    private Duration compare() {
        return Duration.between(now(), own.instant());
    }

    private Instant now() {
        return last.at(nanos.getAsLong());
    }

    static Instant ask(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select clock_timestamp()")) {
            answer.next();
            return answer.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Tells the time, in some milliseconds. */
    interface Source {

        Instant now() throws SQLException;
    }

    /**
     * @param time what the database said
     * @param nanos when it said so, by the monotonic clock
     * @param took how long it took to ask, so twice as much as this can be wrong by
     */
    private record Reading(Instant time, long nanos, Duration took) {

        Instant at(long later) {
            return time.plusNanos(later - nanos);
        }
    }

    private final class Shown extends Clock {

        private final ZoneId zone;

        private Shown(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Shown(other);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
