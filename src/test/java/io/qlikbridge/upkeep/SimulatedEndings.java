package io.qlikbridge.upkeep;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.revocation.RevocationStore;
import io.qlikbridge.revocation.Revoking;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.UUID;

/** The superseded leases of a simulation, in memory. */
final class SimulatedEndings extends RevocationStore {

    private final Connection connection;
    private final PriorityQueue<Retiring> superseded = new PriorityQueue<>();
    private final TreeSet<Turn> revoking = new TreeSet<>();
    private final Map<UUID, Turn> turns = new HashMap<>();

    SimulatedEndings(Connection connection) {
        super(null, null, null);
        this.connection = connection;
    }

    /** A lease is not needed any more once the promise has passed. */
    void superseded(UUID id, int user, Instant now, Instant expiresAt, Instant promisedUntil) {
        superseded.add(new Retiring(id, user, now, expiresAt, promisedUntil.isAfter(now) ? promisedUntil : now));
    }

    /** When there is something to do next, in milliseconds of the epoch. */
    long nextTurn() {
        long retires = superseded.isEmpty()
                ? RenewalScenario.NEVER
                : superseded.peek().promisedUntil().toEpochMilli();
        return revoking.isEmpty()
                ? retires
                : Math.min(retires, revoking.first().at().toEpochMilli());
    }

    int left() {
        return superseded.size() + revoking.size();
    }

    private int retire(Instant now, Duration grace, int limit) {
        int retired = 0;
        while (retired < limit
                && !superseded.isEmpty()
                && !superseded.peek().promisedUntil().isAfter(now)) {
            Retiring lease = superseded.poll();
            if (lease.at().plus(grace).isAfter(now)) {
                superseded.add(new Retiring(
                        lease.id(),
                        lease.user(),
                        lease.at(),
                        lease.expiresAt(),
                        lease.at().plus(grace)));
            } else {
                turn(new Turn(now, lease.id(), lease.user(), lease.expiresAt(), 0));
                retired++;
            }
        }
        return retired;
    }

    @Override
    public List<ConnectionId> connectionsDue(Instant now) {
        return revoking.isEmpty() || revoking.first().at().isAfter(now) ? List.of() : List.of(connection.id());
    }

    @Override
    public List<Revoking> due(ConnectionId id, Instant now, int limit) {
        return revoking.stream()
                .takeWhile(turn -> !turn.at().isAfter(now))
                .limit(limit)
                .map(this::revoking)
                .toList();
    }

    @Override
    public void revoked(UUID lease, String reason, Instant now) {
        revoking.remove(turns.remove(lease));
    }

    @Override
    public void notYet(UUID lease, Instant next, String hindrance) {
        Turn before = turns.get(lease);
        revoking.remove(before);
        turn(new Turn(next, lease, before.user(), before.expiresAt(), before.attempts() + 1));
    }

    /** What comes to its time; none expires before it is ended. */
    EndOfLifeStore endOfLife() {
        return new EndOfLifeStore(null) {

            @Override
            public int retire(Instant now, Duration grace, int limit) {
                return SimulatedEndings.this.retire(now, grace, limit);
            }

            @Override
            public int expire(Instant now, int limit) {
                return 0;
            }

            @Override
            public void forget(Instant before, int limit) {}
        };
    }

    private void turn(Turn turn) {
        turns.put(turn.id(), turn);
        revoking.add(turn);
    }

    private Revoking revoking(Turn turn) {
        String user = String.valueOf(turn.user());
        Lease lease = new Lease(
                turn.id(),
                user,
                connection.host(),
                "",
                new Credential("key", "token", turn.expiresAt()),
                user,
                turn.at(),
                null,
                null);
        return new Revoking(connection.id(), new Username("user-" + user), turn.attempts(), lease);
    }

    // compared millions of times, so by hand

    private record Retiring(UUID id, int user, Instant at, Instant expiresAt, Instant promisedUntil)
            implements Comparable<Retiring> {

        @Override
        public int compareTo(Retiring other) {
            int byTime = promisedUntil.compareTo(other.promisedUntil);
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }
    }

    private record Turn(Instant at, UUID id, int user, Instant expiresAt, int attempts) implements Comparable<Turn> {

        @Override
        public int compareTo(Turn other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }
    }
}
