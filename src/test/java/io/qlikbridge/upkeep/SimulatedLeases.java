package io.qlikbridge.upkeep;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuing.RenewalQueue;
import io.qlikbridge.lease.Guarantee;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntConsumer;

/** The active leases of a simulation, one for each user, in memory and in the order of their turns. */
final class SimulatedLeases implements RenewalQueue {

    private final RenewalScenario scenario;
    private final Connection connection;
    private final SimulatedEndings endings;
    private final Held[] held;

    /** Of those in {@code held}, to look at all of them quickly. */
    private final long[] expiries;

    private final Waiting waiting;

    /** Those whose turn it is, by their expiry. */
    private final TreeSet<Turn> ready = new TreeSet<>();

    private final float[] leastLife = new float[(int) RenewalScenario.LENGTH.toMinutes()];
    private int renewals;
    private int tooLate;
    private int renewedUnused;
    private int renewedForNobody;
    private int lapsed;

    SimulatedLeases(RenewalScenario scenario, Connection connection, SimulatedEndings endings) {
        this.scenario = scenario;
        this.connection = connection;
        this.endings = endings;
        this.held = new Held[scenario.users()];
        this.waiting = new Waiting(scenario.users());
        this.expiries = new long[scenario.users()];
        Arrays.fill(expiries, Long.MAX_VALUE);
        Arrays.fill(leastLife, Float.NaN);
    }

    static int user(UUID lease) {
        return (int) lease.getLeastSignificantBits();
    }

    /** A key was made: the one before is superseded. */
    void issued(int user, Instant now, Instant expiresAt, Instant renewAt) {
        Held before = held[user];
        if (before != null) {
            renewals++;
            noteUntil(user, before, now.toEpochMilli());
            endings.superseded(before.id(), user, now, Instant.ofEpochMilli(before.expiresAt()), promised(user, now));
            ready.remove(new Turn(before.expiresAt(), user));
        }
        long generation = before == null ? 0 : before.id().getMostSignificantBits() + 1;
        Held next = new Held(
                new UUID(generation, user),
                before == null ? owner(user) : before.owner(),
                now.toEpochMilli(),
                expiresAt.toEpochMilli(),
                renewAt.toEpochMilli(),
                0);
        held[user] = next;
        expiries[user] = next.expiresAt();
        await(user, next, next.renewAt());
    }

    @Override
    public List<ConnectionId> connectionsDue(Instant now, Instant usedSince) {
        waiting.until(now.toEpochMilli(), user -> ready.add(new Turn(held[user].expiresAt(), user)));
        ready.headSet(new Turn(now.toEpochMilli() + 1, 0)).clear();
        return ready.isEmpty() ? List.of() : List.of(connection.id());
    }

    @Override
    public List<Due> due(ConnectionId id, Instant now, Instant usedSince, int limit) {
        return ready.stream().limit(limit).map(turn -> held[turn.user()].due()).toList();
    }

    @Override
    public void notYet(UUID lease, Instant next) {
        int user = user(lease);
        Held failed = held[user].failed();
        held[user] = failed;
        ready.remove(new Turn(failed.expiresAt(), user));
        await(user, failed, next.toEpochMilli());
    }

    /** When somebody's turn comes next, in milliseconds of the epoch. */
    long nextTurn() {
        return ready.isEmpty() ? waiting.next() : Long.MIN_VALUE;
    }

    /** Not before it was used: a lease that nobody uses is not renewed. */
    private void await(int user, Held lease, long at) {
        long used = scenario.nextUse(user, lease.issuedAt());
        long turn = Math.max(at, used);
        if (turn < lease.expiresAt()) {
            waiting.add(user, turn);
        }
    }

    /** Looks at all leases: what has expired is gone, and whoever comes next for it is told to {@code whoMisses}. */
    void look(Instant now, Missing whoMisses) {
        long time = now.toEpochMilli();
        long first = Long.MAX_VALUE;
        for (int user = 0; user < expiries.length; user++) {
            if (expiries[user] <= time) {
                lapse(user, time, whoMisses);
            } else if (expiries[user] < first && scenario.comesAgain(user, time)) {
                first = expiries[user];
            }
        }
        if (first != Long.MAX_VALUE) {
            noteLife(time, first - time);
        }
    }

    private void lapse(int user, long now, Missing whoMisses) {
        long next = scenario.nextUse(user, expiries[user] - scenario.validity().toMillis() + 1);
        held[user] = null;
        expiries[user] = Long.MAX_VALUE;
        lapsed++;
        if (next != RenewalScenario.NEVER) {
            tooLate++;
            whoMisses.comes(user, Math.max(next, now));
        }
    }

    private void noteUntil(int user, Held lease, long now) {
        long lastUse = scenario.lastUse(user, now);
        if (lastUse < lease.issuedAt()) {
            renewedUnused++;
        }
        if (!scenario.comesAgain(user, now)) {
            renewedForNobody++;
        }
        if (lastUse + scenario.validity().toMillis() > lease.expiresAt()) {
            tooLate++;
        }
        noteLife(now, lease.expiresAt() - now);
    }

    private void noteLife(long now, long left) {
        int minute = (int) ((now - RenewalScenario.START.toEpochMilli()) / 60_000);
        if (minute < leastLife.length) {
            float hours = left / 3_600_000f;
            leastLife[minute] = Float.isNaN(leastLife[minute]) ? hours : Math.min(leastLife[minute], hours);
        }
    }

    private LeaseOwner owner(int user) {
        return new LeaseOwner(connection.id(), connection.host(), String.valueOf(user), new Username("user-" + user));
    }

    private Instant promised(int user, Instant now) {
        return Guarantee.until(Instant.ofEpochMilli(scenario.lastUse(user, now.toEpochMilli())), scenario.validity());
    }

    /** The least that was left of any lease in use, in hours, by the minute; not a number where none was looked at. */
    float[] leastLife() {
        return leastLife;
    }

    int renewals() {
        return renewals;
    }

    /** How many uses found a lease that did not last. */
    int tooLate() {
        return tooLate;
    }

    int renewedUnused() {
        return renewedUnused;
    }

    /** Renewals for users who had gone by then. */
    int renewedForNobody() {
        return renewedForNobody;
    }

    int lapsed() {
        return lapsed;
    }

    /** Told of a user who comes and has no lease any more. */
    interface Missing {

        void comes(int user, long at);
    }

    private record Turn(long at, int user) implements Comparable<Turn> {

        @Override
        public int compareTo(Turn other) {
            return at == other.at ? Integer.compare(user, other.user) : Long.compare(at, other.at);
        }
    }

    /** Users by the second of their turn, each once: a list for each second. */
    private static final class Waiting {

        private static final int NOBODY = -1;

        private final int[] first = new int[(int) RenewalScenario.LENGTH.toSeconds() + 1];
        private final int[] behind;
        private int second;

        private Waiting(int users) {
            this.behind = new int[users];
            Arrays.fill(first, NOBODY);
        }

        private void add(int user, long at) {
            int turn = second(at);
            if (turn < first.length) {
                second = Math.min(second, turn);
                behind[user] = first[turn];
                first[turn] = user;
            }
        }

        private void until(long now, IntConsumer turns) {
            while (next() <= now) {
                int user = first[second];
                first[second] = behind[user];
                turns.accept(user);
            }
        }

        private long next() {
            while (second < first.length && first[second] == NOBODY) {
                second++;
            }
            return second == first.length
                    ? RenewalScenario.NEVER
                    : RenewalScenario.START.toEpochMilli() + second * 1000L;
        }

        private static int second(long at) {
            return (int) Math.ceilDiv(at - RenewalScenario.START.toEpochMilli(), 1000);
        }
    }

    private record Held(UUID id, LeaseOwner owner, long issuedAt, long expiresAt, long renewAt, int attempts) {

        private Due due() {
            return new Due(id, id, owner, Instant.ofEpochMilli(expiresAt), attempts);
        }

        private Held failed() {
            return new Held(id, owner, issuedAt, expiresAt, renewAt, attempts + 1);
        }
    }
}
