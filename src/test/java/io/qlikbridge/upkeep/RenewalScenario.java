package io.qlikbridge.upkeep;

import io.qlikbridge.lease.LeaseProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What a simulation assumes of the people and of the tenant. Everybody's first use is within two hours of the start, evenly
 * spread, and the others follow at the same distance.
 *
 * @param expiry how long a key lasts
 * @param usedEvery how often each user's lease is used
 * @param validity how long it has to last at each use
 * @param stopping of how many users one stops using the lease; 0 for nobody
 * @param stopAt when these stop, from the start
 * @param outageAt when the tenant falls silent, from the start
 * @param outage how long it stays so
 * @param settings of {@code bridge.lease}, where they are not the defaults
 */
public record RenewalScenario(
        String name,
        int users,
        Duration expiry,
        Duration usedEvery,
        Duration validity,
        int stopping,
        Duration stopAt,
        Duration outageAt,
        Duration outage,
        Map<String, Object> settings) {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Duration LENGTH = Duration.ofDays(30);
    static final long NEVER = Long.MAX_VALUE;

    private static final long FIRST_MILLI = START.toEpochMilli();
    private static final long LAST_MILLI = START.plus(LENGTH).plus(LENGTH).toEpochMilli();
    private static final long FIRST_USES = Duration.ofHours(2).toMillis();

    /** Keys of 30 days, as a tenant may allow, for jobs that run daily and ask for two hours. */
    static RenewalScenario ofLongKeys() {
        return new RenewalScenario(
                "Keys of 30 days, used daily",
                100_000,
                Duration.ofDays(30),
                Duration.ofDays(1),
                Duration.ofHours(2),
                0,
                LENGTH,
                Duration.ofDays(23),
                Duration.ofHours(6),
                Map.of());
    }

    /** Keys of 24 hours, the most a tenant allows by default, for people who come hourly; a tenth of them stay away later. */
    static RenewalScenario ofShortKeys() {
        return new RenewalScenario(
                "Keys of 24 hours, used hourly",
                100_000,
                Duration.ofHours(24),
                Duration.ofHours(1),
                Duration.ofMinutes(2),
                10,
                Duration.ofDays(5),
                // when most keys are due
                Duration.ofDays(12).plusHours(9),
                Duration.ofHours(4),
                Map.of());
    }

    RenewalScenario with(Map<String, Object> otherSettings) {
        return new RenewalScenario(
                name, users, expiry, usedEvery, validity, stopping, stopAt, outageAt, outage, otherSettings);
    }

    RenewalScenario of(int otherUsers) {
        return new RenewalScenario(
                name, otherUsers, expiry, usedEvery, validity, stopping, stopAt, outageAt, outage, settings);
    }

    RenewalScenario everybodyGoneAt(Duration end) {
        return new RenewalScenario(name, users, expiry, usedEvery, validity, 1, end, outageAt, outage, settings);
    }

    LeaseProperties properties() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("bridge.lease", LeaseProperties.class);
    }

    public boolean isOut(Instant now) {
        long since = now.toEpochMilli() - FIRST_MILLI - outageAt.toMillis();
        return since >= 0 && since < outage.toMillis();
    }

    /** Whether the user is one of those who stay away at some time. */
    boolean stops(int user) {
        return stopping > 0 && user % stopping == 0;
    }

    /** When a user's lease is used for the first time, in milliseconds of the epoch, as all that follow. */
    long firstUse(int user) {
        return FIRST_MILLI + FIRST_USES * user / users;
    }

    /** The last use until then; {@link Long#MIN_VALUE} when there was none. */
    long lastUse(int user, long until) {
        long first = firstUse(user);
        long last = Math.min(until, end(user));
        return last < first ? Long.MIN_VALUE : last - (last - first) % usedEvery.toMillis();
    }

    /** The first use from then on, or {@link #NEVER}. */
    long nextUse(int user, long from) {
        long first = firstUse(user);
        long every = usedEvery.toMillis();
        long next = from <= first ? first : first + Math.ceilDiv(from - first, every) * every;
        return next > end(user) ? NEVER : next;
    }

    /** Whether the user uses it again after that. */
    boolean comesAgain(int user, long after) {
        return after < FIRST_MILLI + stopAt.toMillis() || !stops(user);
    }

    private long end(int user) {
        return stops(user) ? FIRST_MILLI + stopAt.toMillis() : LAST_MILLI;
    }
}
