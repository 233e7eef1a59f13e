package io.qlikbridge.issuing;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseKey;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Wakes those who wait for another replica when it has come to an end. Word of that may be lost; whoever waits looks again by
 * itself now and then.
 */
@Component
class IssueSignals {

    private final ConcurrentHashMap<Waited, CountDownLatch> waiting = new ConcurrentHashMap<>();

    IssueSignals(ChangeFeed changes) {
        changes.on(ChangeType.LEASE, this::wake);
    }

    /** Waits for a change of a user's leases, at most {@code longest}. */
    void await(LeaseKey holder, Duration longest) throws InterruptedException {
        CountDownLatch latch = waiting.computeIfAbsent(Waited.of(holder), ignored -> new CountDownLatch(1));
        if (!latch.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            waiting.remove(Waited.of(holder), latch);
        }
    }

    private void wake(Change change) {
        if (change instanceof Change.OfLease lease) {
            CountDownLatch latch = waiting.remove(new Waited(new ConnectionId(lease.connection()), lease.user()));
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /** A user at a connection. */
    private record Waited(ConnectionId connection, UUID user) {

        private static Waited of(LeaseKey key) {
            return new Waited(key.connection(), key.user());
        }
    }
}
