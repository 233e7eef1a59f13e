package io.qlikbridge.issuing;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.Making;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.peek.Peek;
import io.qlikbridge.subject.Subject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The leases in use, as they are or were a moment ago, each opened from its seal once. */
@Component
class HeldLeases {

    private final LeaseStore store;
    private final ChangeAwareCache<Seat, HeldLease> cache;

    HeldLeases(LeaseStore store, ChangeFeed changes) {
        this.store = store;
        this.cache = changes.cache(Change.OfLease.class, changes.ofUsers(), HeldLeases::forget);
    }

    /** The active lease of this very holder. */
    Optional<HeldLease> of(Connection connection, Subject subject) {
        Seat seat = new Seat(connection.id(), subject.user().id());
        Optional<HeldLease> known = cache.get(seat, absent -> read(connection, subject));
        if (known.isEmpty() || known.get().isOf(connection, subject)) {
            return known;
        }
        // the user or the connection has changed since, and with them perhaps whose the lease is
        cache.forget(seat, known.get());
        return cache.get(seat, absent -> read(connection, subject))
                .filter(held -> held.isOf(connection, subject))
                .or(() -> read(connection, subject));
    }

    /**
     * Holds a lease as soon as it is written, so that nobody has to read it.
     *
     * @param writing writes it, and tells of that as of its transaction's
     */
    Optional<Lease> held(Connection connection, Subject subject, Supplier<Optional<LeaseStore.Row>> writing) {
        try (Making<Seat, HeldLease> making =
                cache.making(new Seat(connection.id(), subject.user().id()))) {
            Optional<HeldLease> made = writing.get().map(row -> new HeldLease(connection, subject, row));
            made.ifPresent(making::keep);
            return made.map(HeldLease::lease);
        }
    }

    /** What is cached of this holder may be over. */
    void forget(Connection connection, Subject subject) {
        cache.forget(new Seat(connection.id(), subject.user().id()));
    }

    private Optional<HeldLease> read(Connection connection, Subject subject) {
        Peek.requireNone();
        return store.activeRow(LeaseKey.of(connection, subject)).map(row -> new HeldLease(connection, subject, row));
    }

    private static void forget(ChangeAwareCache<Seat, HeldLease> cache, Change.OfLease change) {
        Seat seat = new Seat(new ConnectionId(change.connection()), change.user());
        Long transaction = change.transaction();
        if (transaction == null) {
            cache.forget(seat);
        } else {
            cache.forgetUnless(seat, held -> held.isWrittenBy(transaction));
        }
    }

    /** A user at a connection. */
    private record Seat(ConnectionId connection, UUID user) {}
}
