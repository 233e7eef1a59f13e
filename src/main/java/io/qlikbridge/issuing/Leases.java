package io.qlikbridge.issuing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Guarantee;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.lease.LeaseUses;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The credentials of users: held and still good, or else obtained. */
@Component
public class Leases {

    /** How long a key is not replaced that took the place of a refused one and was refused as well. */
    private static final Duration PROBATION = Duration.ofMinutes(10);

    private static final int MOST_HAND_OUTS = 3;
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

    private final LeaseStore store;
    private final HeldLeases held;
    private final LeaseUses uses;
    private final IssueCoordinator issuing;
    private final LeaseProperties properties;
    private final Clock clock;
    private final RefusedSubjects refusals;
    private final Deployments deployments;

    Leases(
            LeaseStore store,
            HeldLeases held,
            LeaseUses uses,
            IssueCoordinator issuing,
            RefusedSubjects refusals,
            Deployments deployments,
            LeaseProperties properties,
            Clock clock) {
        this.store = store;
        this.held = held;
        this.uses = uses;
        this.issuing = issuing;
        this.refusals = refusals;
        this.deployments = deployments;
        this.properties = properties;
        this.clock = clock;
    }

    /** The lease of this very subject, good for at least the renewal margin. */
    public Lease of(Connection connection, Subject subject) {
        return used(held(connection, subject, properties.renewalMargin()));
    }

    /**
     * The lease of this very subject, good for at least {@code validity} from now on, which is thereby promised.
     *
     * @param validity the renewal margin if not said, which is no promise
     * @throws BridgeException {@code validity-not-possible} when the connection's expiry, or the tenant's, is too short
     */
    public Lease lasting(Connection connection, Subject subject, @Nullable Duration validity) {
        if (validity == null) {
            return of(connection, subject);
        }
        Duration longest = terms(connection).longest().minus(properties.claimDeadline());
        if (validity.compareTo(longest) > 0) {
            throw notPossible(connection, validity);
        }
        Lease lease = promised(connection, subject, max(validity, properties.renewalMargin()), obtained -> validity);
        if (!lease.lasts(validity, clock.instant())) {
            // the tenant has cut the expiry just now
            throw notPossible(connection, validity);
        }
        return lease;
    }

    /**
     * The lease of this very subject, good for at least the renewal margin, which is promised to its end: for who keeps its token for
     * as long as it says that it lasts.
     *
     * @param longest how far the promise goes at most; {@code null} for no limit
     */
    public Lease toItsEnd(Connection connection, Subject subject, @Nullable Duration longest) {
        return promised(connection, subject, properties.renewalMargin(), lease -> {
            Duration left = Duration.between(clock.instant(), lease.expiresAt());
            return longest == null || left.compareTo(longest) < 0 ? left : longest;
        });
    }

    private Terms terms(Connection connection) {
        return deployments.issuer(connection).orElseThrow().terms(connection);
    }

    /** The same as {@link #of}, asking the tenant even if it refused this subject just now. */
    public Lease afresh(Connection connection, Subject subject) {
        refusals.forget(LeaseKey.of(connection, subject));
        return of(connection, subject);
    }

    /** A promise counts from its being written down: until then the lease may be on its way out. */
    private Lease promised(
            Connection connection, Subject subject, Duration goodFor, Function<Lease, Duration> promise) {
        for (int handOut = 0; handOut < MOST_HAND_OUTS; handOut++) {
            Lease lease = held(connection, subject, goodFor);
            Duration validity = promise.apply(lease);
            if (Guarantee.stands(lease, clock.instant(), validity)
                    || store.promised(lease.id(), Guarantee.until(clock.instant(), validity))) {
                return used(lease);
            }
        }
        throw beingEnded(subject);
    }

    private static BridgeException beingEnded(Subject subject) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "Keys of user " + subject.user().username() + " are being revoked just now. Ask again.",
                null,
                BUSY_RETRY_AFTER,
                null);
    }

    /**
     * Uses a credential for a call to the tenant. One that the tenant does not accept any more is dropped, and the call
     * made once more with a new one: once, never in a loop. Where the new one is not accepted either, the fault is not the
     * key's, and no more keys are spent on it for a while.
     */
    public <T> T using(Connection connection, Subject subject, Function<Credential, T> call) {
        Lease lease = inMemory(connection, subject);
        try {
            return call.apply(lease.credential());
        } catch (TenantException refused) {
            if (!refused.credentialRefused()) {
                throw refused;
            }
            held.forget(connection, subject);
            if (withdrawRefused(connection, subject, lease)) {
                throw refused;
            }
        }
        Lease anew = of(connection, subject);
        store.onProbation(anew.id(), clock.instant().plus(PROBATION));
        try {
            T answer = call.apply(anew.credential());
            store.accepted(anew.id());
            return answer;
        } catch (TenantException failed) {
            if (!failed.credentialRefused()) {
                store.accepted(anew.id());
                throw failed;
            }
            if (withdrawRefused(connection, subject, anew)) {
                throw failed;
            }
            // it is we who have just ended it
            throw beingEnded(subject);
        }
    }

    /** @return whether it is in use all the same */
    private boolean withdrawRefused(Connection connection, Subject subject, Lease lease) {
        return store.withdrawRefused(LeaseKey.of(connection, subject), lease.id(), clock.instant());
    }

    /** The same as {@link #of}; while nothing has changed, without a look into the database. */
    private Lease inMemory(Connection connection, Subject subject) {
        Duration margin = properties.renewalMargin();
        HeldLease known = held.of(connection, subject).orElse(null);
        if (known == null || !isGood(known.lease(), margin)) {
            Lease there = known == null ? null : known.lease();
            UUID obtained = issuing.obtain(connection, subject, margin, there).id();
            known = held.of(connection, subject)
                    .filter(now -> now.lease().id().equals(obtained))
                    .orElse(null);
        }
        return known == null ? of(connection, subject) : used(known);
    }

    /** The credential of this very subject, if it is in memory and good; its use is noted. Never waits. */
    Optional<Credential> peek(Connection connection, Subject subject) {
        return held.of(connection, subject)
                .filter(known -> isGood(known.lease(), properties.renewalMargin()))
                .map(known -> used(known).credential());
    }

    private Lease used(HeldLease known) {
        Instant now = clock.instant();
        if (known.noteUse(now, LeaseUses.NOTED_EVERY)) {
            uses.note(known.lease().id(), now);
        }
        return known.lease();
    }

    /** The tenant's own id of this very subject, as far as a lease that is held tells it. Asks no tenant. */
    public Optional<String> qlikUserId(Connection connection, Subject subject) {
        return held.of(connection, subject).map(known -> known.lease().qlikUserId());
    }

    private Lease held(Connection connection, Subject subject, Duration validity) {
        Lease active = store.active(LeaseKey.of(connection, subject)).orElse(null);
        return active != null && isGood(active, validity)
                ? active
                : issuing.obtain(connection, subject, validity, active);
    }

    private boolean isGood(Lease lease, Duration validity) {
        return lease.lasts(validity, clock.instant()) || isShort(lease, validity);
    }

    /** A key that never lasted for the margin, which nobody asked for but us, is used for the first half of its life. */
    private boolean isShort(Lease lease, Duration validity) {
        Duration lifetime = Duration.between(lease.issuedAt(), lease.expiresAt());
        return validity.equals(properties.renewalMargin())
                && lifetime.compareTo(validity) <= 0
                && lease.lasts(lifetime.dividedBy(2), clock.instant());
    }

    private Lease used(Lease lease) {
        Instant now = clock.instant();
        Instant noted = lease.lastUsedAt();
        if (noted == null
                || noted.isBefore(lease.issuedAt())
                || noted.plus(LeaseUses.NOTED_EVERY).isBefore(now)) {
            uses.note(lease.id(), now);
        }
        return lease;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private BridgeException notPossible(Connection connection, Duration validity) {
        return new BridgeException(
                ProblemCode.VALIDITY_NOT_POSSIBLE,
                "A token that lasts " + validity + " was asked for, but "
                        + terms(connection).limit()
                        + ", less the time that issuing may take (" + properties.claimDeadline()
                        + "). Ask for less, or " + terms(connection).remedy() + ".");
    }
}
