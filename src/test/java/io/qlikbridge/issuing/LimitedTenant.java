package io.qlikbridge.issuing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialRevoker;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upkeep.RenewalScenario;
import io.qlikbridge.upkeep.VirtualClock;
import io.qlikbridge.upstream.RateLimits;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A tenant in virtual time that allows 100 writes a minute of each user and 1,000 logins a minute in all, counted over the
 * last 60 seconds. It is silent for a while, and fails now and then.
 */
public final class LimitedTenant implements CredentialRevoker {

    public static final int LOGINS_A_MINUTE = 1000;
    public static final int WRITES_A_MINUTE = 100;

    private static final int MINUTE = 60;
    private static final long FIRST_MILLI = RenewalScenario.START.toEpochMilli();
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LOGIN = Duration.ofMillis(400);
    private static final Duration WRITE = Duration.ofMillis(200);
    private static final double REFUSES = 0.005;
    private static final double SAYS_NOTHING = 0.0005;

    private final RenewalScenario scenario;
    private final VirtualClock clock;
    private final RateLimits pauses;
    private final URI host;
    private final SplittableRandom luckOfIssues = new SplittableRandom(12);

    /** Apart: the pauses of deletions are not seeded, and must not change what becomes of the issues. */
    private final SplittableRandom luckOfDeletions = new SplittableRandom(13);

    private final int[] loginsBySecond;
    private final int[] minuteOfWrites;
    private final int[] writesInMinute;
    private int mostWritesOfOneUser;
    private int limited;
    private int failures;
    private int deletions;

    public LimitedTenant(RenewalScenario scenario, VirtualClock clock, RateLimits pauses, URI host) {
        this.scenario = scenario;
        this.clock = clock;
        this.pauses = pauses;
        this.host = host;
        // some rounds end a little after the last day
        this.loginsBySecond = new int[(int) RenewalScenario.LENGTH.toSeconds() + 10 * MINUTE];
        this.minuteOfWrites = new int[scenario.users()];
        this.writesInMinute = new int[scenario.users()];
    }

    /** A login and the making of a key: when that expires. */
    public Instant issue(int user) {
        answer(user, LOGIN, luckOfIssues);
        int second = second();
        if (loginsIn(second - MINUTE + 1, second + 1) >= LOGINS_A_MINUTE) {
            throw tooMany();
        }
        loginsBySecond[second]++;
        answer(user, WRITE, luckOfIssues);
        return clock.instant().plus(scenario.expiry());
    }

    /** The key ends itself, without a login. */
    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        answer(Integer.parseInt(subject.value()), WRITE, luckOfDeletions);
        deletions++;
    }

    private void answer(int user, Duration time, SplittableRandom luck) {
        if (scenario.isOut(clock.instant())) {
            clock.pass(CONNECT_TIMEOUT);
            throw failure(ProblemCode.TENANT_UNREACHABLE, false, null);
        }
        int minute = second() / MINUTE;
        writesInMinute[user] = minuteOfWrites[user] == minute ? writesInMinute[user] + 1 : 1;
        minuteOfWrites[user] = minute;
        mostWritesOfOneUser = Math.max(mostWritesOfOneUser, writesInMinute[user]);
        if (writesInMinute[user] > WRITES_A_MINUTE) {
            throw tooMany();
        }
        double lot = luck.nextDouble();
        if (lot < SAYS_NOTHING) {
            clock.pass(READ_TIMEOUT);
            throw failure(ProblemCode.TENANT_UNREACHABLE, true, null);
        }
        clock.pass(time);
        if (lot < REFUSES) {
            throw failure(ProblemCode.TENANT_REFUSED, false, null);
        }
    }

    private TenantException tooMany() {
        limited++;
        pauses.pause(host, LEFT_ALONE);
        return failure(ProblemCode.TENANT_RATE_LIMITED, false, LEFT_ALONE);
    }

    private TenantException failure(ProblemCode code, boolean acted, @Nullable Duration retryAfter) {
        failures++;
        return new TenantException(code, code.title(), null, retryAfter, acted, null);
    }

    private int second() {
        return (int) ((clock.millis() - FIRST_MILLI) / 1000);
    }

    private int loginsIn(int from, int until) {
        int logins = 0;
        for (int second = Math.max(from, 0); second < until; second++) {
            logins += loginsBySecond[second];
        }
        return logins;
    }

    /** The logins of each minute by the clock. */
    public int[] loginsByMinute() {
        int[] minutes = new int[(int) RenewalScenario.LENGTH.toMinutes()];
        Arrays.setAll(minutes, minute -> loginsIn(minute * MINUTE, (minute + 1) * MINUTE));
        return minutes;
    }

    /** The most logins of any 60 seconds from then on. */
    public int mostLoginsAMinute(Duration after) {
        int most = 0;
        int window = 0;
        for (int second = (int) after.toSeconds(); second < loginsBySecond.length; second++) {
            window += loginsBySecond[second];
            if (second - MINUTE >= after.toSeconds()) {
                window -= loginsBySecond[second - MINUTE];
            }
            most = Math.max(most, window);
        }
        return most;
    }

    public int mostWritesOfOneUser() {
        return mostWritesOfOneUser;
    }

    /** How often it answered 429. */
    public int limited() {
        return limited;
    }

    public int failures() {
        return failures;
    }

    public int deletions() {
        return deletions;
    }
}
