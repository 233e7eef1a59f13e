package io.qlikbridge.upkeep;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.issuing.LimitedTenant;
import io.qlikbridge.issuing.RenewalQueue;
import io.qlikbridge.issuing.RenewalTime;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.OwnerResolver;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TestDeployments;
import io.qlikbridge.upstream.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * Thirty days of leases in virtual time: the bridge's own renewal, pace, pauses and endings, over leases in memory and a
 * {@link LimitedTenant}. The same scenario gives the same issues and renewals each time.
 */
final class RenewalSimulation {

    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final Duration COMES_BACK = Duration.ofMinutes(1);

    private final RenewalScenario scenario;
    private final LeaseProperties properties;
    private final VirtualClock clock = new VirtualClock(RenewalScenario.START);
    private final RenewalTime renewalTime;
    private final SimulatedEndings store;
    private final SimulatedLeases leases;
    private final LimitedTenant tenant;
    private final Renewal renewal;
    private final LeaseReaper endings;
    private final PriorityQueue<Caller> callers =
            new PriorityQueue<>(Comparator.comparingLong(Caller::at).thenComparingInt(Caller::user));

    private RenewalSimulation(RenewalScenario scenario) {
        this.scenario = scenario;
        this.properties = scenario.properties();
        this.renewalTime = new RenewalTime(properties, new SplittableRandom(1));
        Connection connection = TestConnections.connection(new ConnectionId("main"));
        Connections connections = TestConnections.knowing(connection);
        RateLimits pauses = new RateLimits(clock);
        BackgroundWorkers rounds = new VirtualWorkers(clock);
        this.store = new SimulatedEndings(connection);
        this.leases = new SimulatedLeases(scenario, connection, store);
        this.tenant = new LimitedTenant(scenario, clock, pauses, connection.host());
        this.renewal = new Renewal(
                leases, this::renew, connections, pauses, rounds, properties, clock, new SplittableRandom(2));
        Revocation revocation = new Revocation(
                null,
                null,
                store,
                new Known(connection),
                TestDeployments.ending(tenant),
                rounds,
                null,
                properties,
                clock);
        this.endings =
                new LeaseReaper(store.endOfLife(), store, revocation, connections, pauses, rounds, properties, clock);
    }

    static Course run(RenewalScenario scenario) {
        level(Level.ERROR);
        try {
            return new RenewalSimulation(scenario).run();
        } finally {
            level(null);
        }
    }

    /** Of every failure of 30 days there would be thousands of lines. */
    private static void level(Level level) {
        for (Class<?> type : List.of(Renewal.class, Revocation.class)) {
            ((Logger) LoggerFactory.getLogger(type)).setLevel(level);
        }
    }

    /** From event to event: a caller, a round, or a look at everything. */
    private Course run() {
        for (int user = 0; user < scenario.users(); user++) {
            callers.add(new Caller(user, scenario.firstUse(user)));
        }
        long end = RenewalScenario.START.plus(RenewalScenario.LENGTH).toEpochMilli();
        long renewalsFrom = Long.MIN_VALUE;
        long endingsFrom = Long.MIN_VALUE;
        long look = RenewalScenario.START.plus(LOOK_EVERY).toEpochMilli();
        while (true) {
            long caller =
                    callers.isEmpty() ? RenewalScenario.NEVER : callers.peek().at();
            long renewals = Math.max(renewalsFrom, wholeSecond(leases.nextTurn()));
            long ends = Math.max(endingsFrom, wholeSecond(store.nextTurn()));
            long next = Math.min(Math.min(caller, look), Math.min(renewals, ends));
            if (next >= end) {
                return course();
            }
            clock.set(Instant.ofEpochMilli(next));
            if (next == look) {
                // a bridge that starts beside this test sets all levels anew
                level(Level.ERROR);
                leases.look(clock.instant(), (user, at) -> callers.add(new Caller(user, at)));
                look += LOOK_EVERY.toMillis();
            } else if (next == caller) {
                call(callers.poll().user());
            } else if (next == renewals) {
                renewal.run();
                renewalsFrom = wholeSecond(clock.millis() + BETWEEN_ROUNDS.toMillis());
            } else {
                endings.run();
                endingsFrom = wholeSecond(clock.millis() + BETWEEN_ROUNDS.toMillis());
            }
        }
    }

    /** The scheduler looks for work once a second. */
    private static long wholeSecond(long time) {
        return time == Long.MIN_VALUE || time == RenewalScenario.NEVER ? time : Math.ceilDiv(time, 1000) * 1000;
    }

    /** Somebody comes who has no lease: the tenant is asked at once, whatever the pace. */
    private void call(int user) {
        try {
            issue(user);
        } catch (BridgeException notNow) {
            callers.add(new Caller(user, clock.millis() + COMES_BACK.toMillis()));
        }
    }

    private boolean renew(RenewalQueue.Due due) {
        issue(SimulatedLeases.user(due.lease()));
        return true;
    }

    private void issue(int user) {
        Instant expiresAt = tenant.issue(user);
        Instant now = clock.instant();
        leases.issued(user, now, expiresAt, renewalTime.of(now, expiresAt));
    }

    private Course course() {
        return new Course(
                scenario,
                properties.renewalsPerMinute(),
                tenant.loginsByMinute(),
                leases.leastLife(),
                leases.renewals(),
                leases.tooLate(),
                leases.renewedUnused(),
                leases.renewedForNobody(),
                leases.lapsed(),
                tenant.mostLoginsAMinute(Duration.ZERO),
                tenant.mostLoginsAMinute(Duration.ofHours(3)),
                tenant.mostWritesOfOneUser(),
                tenant.limited(),
                tenant.failures(),
                tenant.deletions(),
                store.left());
    }

    /**
     * What came of it.
     *
     * @param leastLife of any lease in use, in hours, by the minute; not a number where nobody looked
     * @param tooLate uses that found a lease that did not last
     * @param renewedUnused renewals of leases that nobody had used since they were issued
     * @param renewedForNobody renewals for users who had gone by then
     * @param lapsed leases that expired as the active ones
     * @param mostLogins of any 60 seconds
     * @param mostRenewals the same, after the first issues were over
     * @param limited answers 429
     * @param undeleted superseded keys not yet deleted at the end
     */
    record Course(
            RenewalScenario scenario,
            int pace,
            int[] loginsByMinute,
            float[] leastLife,
            int renewals,
            int tooLate,
            int renewedUnused,
            int renewedForNobody,
            int lapsed,
            int mostLogins,
            int mostRenewals,
            int mostWritesOfOneUser,
            int limited,
            int failures,
            int deletions,
            int undeleted) {

        /** The least of all, in hours. */
        float least() {
            float least = Float.MAX_VALUE;
            for (float life : leastLife) {
                least = life < least ? life : least;
            }
            return least;
        }

        @Override
        public String toString() {
            return scenario.name() + ": pace " + pace + ", renewals " + renewals + ", too late " + tooLate
                    + ", renewed unused " + renewedUnused + " and for nobody " + renewedForNobody + ", lapsed " + lapsed
                    + ", most logins a minute " + mostLogins
                    + " and of renewals " + mostRenewals + ", most writes of one user a minute " + mostWritesOfOneUser
                    + ", answers 429 " + limited + ", failures " + failures + ", keys deleted " + deletions + " and "
                    + undeleted + " still to be, least life " + least() + " h";
        }
    }

    private record Caller(int user, long at) {}

    /** Everybody is as they were. */
    private static final class Known extends OwnerResolver {

        private final Optional<Connection> connection;

        private Known(Connection connection) {
            super(null, null, null);
            this.connection = Optional.of(connection);
        }

        @Override
        public Optional<Connection> connection(LeaseOwner owner) {
            return connection;
        }

        @Override
        public Subject subject(Connection connection, LeaseOwner owner) {
            LocalUser user = new LocalUser(new UUID(0, 0), owner.username(), null, null, false, List.of(), true);
            return new Subject(user, owner.subject());
        }
    }
}
