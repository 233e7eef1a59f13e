package io.qlikbridge.revocation;

import io.qlikbridge.background.BackgroundWork;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.background.Backoff;
import io.qlikbridge.client.ClientLeases;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionLeases;
import io.qlikbridge.lease.HandOutStore;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.OwnerResolver;
import io.qlikbridge.orphan.OrphanWatch;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.tenant.Deployments;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends leases before their time: out of use first, then at the tenant. What the tenant could not be told stays {@link
 * LeaseState#REVOKING} and is tried again in the background until it agrees.
 */
@Component
public class Revocation implements UserLeases, ConnectionLeases, ClientLeases {

    private static final Logger log = LoggerFactory.getLogger(Revocation.class);
    private static final int PAGE = 200;
    private static final int FEW = 8;
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

    /** How long a request goes on ending leases; the rest is left to the background. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10));

    private final WithdrawalStore withdrawals;
    private final HandOutStore handOuts;
    private final RevocationStore store;
    private final OwnerResolver owners;
    private final Deployments deployments;
    private final BackgroundWorkers workers;
    private final OrphanWatch orphans;
    private final LeaseProperties properties;
    private final Clock clock;

    public Revocation(
            WithdrawalStore withdrawals,
            HandOutStore handOuts,
            RevocationStore store,
            OwnerResolver owners,
            Deployments deployments,
            BackgroundWorkers workers,
            OrphanWatch orphans,
            LeaseProperties properties,
            Clock clock) {
        this.withdrawals = withdrawals;
        this.handOuts = handOuts;
        this.store = store;
        this.owners = owners;
        this.deployments = deployments;
        this.workers = workers;
        this.orphans = orphans;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void revoke(UUID user) {
        revoke(LeaseScope.ofUser(user), "the user was disabled or deleted");
    }

    @Override
    public void end(Collection<UUID> users) {
        for (UUID user : users) {
            begin(LeaseScope.ofUser(user), "the user was disabled or deleted");
        }
    }

    @Override
    public void endFormer(Collection<UUID> users) {
        for (WithdrawalStore.Usable one : withdrawals.usable(users)) {
            if (!owners.isStill(one.user(), one.owner())) {
                begin(LeaseScope.of(one.lease()), "the user is another subject now");
            }
        }
    }

    @Override
    public void held(Held told) {
        withdrawals.held(clock.instant(), told);
    }

    @Override
    public long alive(ConnectionId connection) {
        return withdrawals.alive(connection, clock.instant());
    }

    @Override
    public void revoke(ConnectionId connection) {
        BridgeException kept = revoke(LeaseScope.of(connection), "the connection was deleted");
        // the watch list goes with the connection
        orphans.look(connection);
        if (kept != null) {
            throw kept;
        }
    }

    @Override
    public long handedTo(String clientId) {
        return handOuts.alive(clientId, clock.instant());
    }

    @Override
    public void end(String clientId, String reason) {
        begin(LeaseScope.handedTo(clientId), reason);
    }

    @Override
    public void tellTenants(String clientId) {
        endBegun(LeaseScope.handedTo(clientId));
    }

    /**
     * Takes all leases of a scope out of use, and tells the tenant of each.
     *
     * @return what kept one alive, if anything did
     */
    @Nullable
    public BridgeException revoke(LeaseScope scope, String reason) {
        begin(scope, reason);
        return endBegun(scope);
    }

    /**
     * Tells the tenant of each lease of a scope that is out of use, for as long as a request may take and the tenant answers.
     *
     * @return what kept one alive, if anything did
     */
    @Nullable
    public BridgeException endBegun(LeaseScope scope) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        AtomicReference<@Nullable BridgeException> kept = new AtomicReference<>();
        List<Revoking> page = store.revoking(scope, PAGE);
        while (!page.isEmpty() && kept.get() == null && System.nanoTime() - giveUp < 0) {
            Map<ConnectionId, List<Revoking>> due = page.stream().collect(Collectors.groupingBy(Revoking::connection));
            Consumer<Revoking> work = one -> noting(one, kept);
            if (page.size() <= FEW) {
                // on this thread, which knows who asked for it
                due.values().forEach(some -> BackgroundWorkers.inTurn(some, work));
            } else {
                workers.run(BackgroundWork.REVOCATION, due, work);
            }
            page = store.revoking(scope, PAGE);
        }
        return kept.get();
    }

    /** Takes all leases of a scope out of use. The tenant is told in the background. */
    public void begin(LeaseScope scope, String reason) {
        int page;
        do {
            page = withdrawals.begin(scope, reason, clock.instant(), properties.orphanWatch(), PAGE);
        } while (page == PAGE);
    }

    /** Of how many leases of a scope the tenant has still to be told. */
    public long pending(LeaseScope scope) {
        return store.pending(scope);
    }

    /** How many leases of a scope the tenant may still take. */
    public long living(LeaseScope scope) {
        return store.living(scope, clock.instant());
    }

    private void noting(Revoking one, AtomicReference<@Nullable BridgeException> kept) {
        try {
            end(one);
        } catch (BridgeException notNow) {
            kept.set(notNow);
            throw notNow;
        } catch (RuntimeException ours) {
            kept.set(new BridgeException(
                    ProblemCode.INTERNAL, "A lease could not be ended. The bridge's log says why.", null, null, ours));
            throw ours;
        }
    }

    /** Ends one at its tenant; where that fails, it is put off. */
    public void end(Revoking one) {
        Lease lease = one.lease();
        try {
            Optional<Connection> connection =
                    lease.expiresAt().isAfter(clock.instant()) ? owners.connection(one.owner()) : Optional.empty();
            connection.ifPresent(known -> atTenant(known, owners.subject(known, one.owner()), lease));
        } catch (RuntimeException notNow) {
            int attempts = one.attempts() + 1;
            String hindrance = notNow instanceof BridgeException told ? told.detail() : "The bridge's log says why.";
            store.notYet(lease.id(), clock.instant().plus(pause(attempts, notNow)), hindrance);
            log.warn("Lease {} is not revoked yet, after {} attempts: {}", lease.id(), attempts, hindrance);
            throw notNow;
        }
        store.revoked(lease.id(), "revoked", clock.instant());
        log.info("Revoked lease {}", lease.id());
    }

    /**
     * Ends a superseded lease to make room, unless it was promised to somebody just now; {@code too-busy} then. One that somebody else
     * has ended meanwhile is no hindrance.
     *
     * @param evenPromised whether a promise on it is void
     */
    public void endNow(Connection connection, Subject subject, Lease lease, boolean evenPromised) {
        if (!withdrawals.takeOut(lease.id(), clock.instant(), evenPromised)) {
            if (!withdrawals.isLiving(lease.id())) {
                return;
            }
            throw new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "The user's keys are in use by somebody else just now. Ask again.",
                    null,
                    BUSY_RETRY_AFTER,
                    null);
        }
        atTenant(connection, subject, lease);
        store.revoked(lease.id(), "revoked", clock.instant());
        log.info("Revoked lease {} to make room for another", lease.id());
    }

    private void atTenant(Connection connection, Subject subject, Lease lease) {
        deployments.revoker(connection).ifPresent(revoker -> revoker.revoke(connection, subject, lease.credential()));
    }

    private static Duration pause(int attempts, RuntimeException notNow) {
        Duration pause = BACKOFF.after(attempts);
        Duration asked = notNow instanceof BridgeException told ? told.retryAfter() : null;
        return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    }
}
