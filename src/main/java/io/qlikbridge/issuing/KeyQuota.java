package io.qlikbridge.issuing;

import io.qlikbridge.lease.KeptLease;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.tenant.Deployments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes room for one more credential of a user, of whom the bridge never has more than the deployment's terms say. To be asked under a
 * claim.
 */
@Component
class KeyQuota {

    private final LeaseStore store;
    private final Revocation revocation;
    private final Deployments deployments;
    private final Clock clock;

    KeyQuota(LeaseStore store, Revocation revocation, Deployments deployments, Clock clock) {
        this.store = store;
        this.revocation = revocation;
        this.deployments = deployments;
        this.clock = clock;
    }

    /**
     * Ends what nobody was promised, until there is room.
     *
     * @param proceed called before each call to the tenant
     * @return a lease that was out of use and is good enough to be taken into use again; then none need be issued
     * @throws BridgeException {@code validity-not-possible} while both keys are promised to somebody
     */
    Optional<Lease> makeRoom(Attempt attempt, Runnable proceed) {
        LeaseKey holder = attempt.key();
        List<KeptLease> kept = store.kept(holder, clock.instant());
        int most = deployments
                .issuer(attempt.connection())
                .orElseThrow()
                .terms(attempt.connection())
                .perSubject();
        // of one alone, the active one makes room by being followed
        int left = most > 1
                ? kept.size()
                : (int) kept.stream()
                        .filter(one -> one.state() != LeaseState.ACTIVE)
                        .count();
        for (KeptLease one : kept) {
            if (left < most) {
                return Optional.empty();
            }
            if (isFree(one, holder)) {
                proceed.run();
                revocation.endNow(attempt.connection(), attempt.subject(), one.lease(), !holder.holds(one.lease()));
                left--;
            }
        }
        return left < most ? Optional.empty() : Optional.of(reused(holder, kept, attempt.validity()));
    }

    private boolean isFree(KeptLease one, LeaseKey holder) {
        return switch (one.state()) {
            case REVOKING -> true;
            // a promise was given on what the user was then
            case SUPERSEDED -> !holder.holds(one.lease()) || !one.isPromised(clock.instant());
            default -> false;
        };
    }

    private Lease reused(LeaseKey holder, List<KeptLease> kept, Duration validity) {
        Instant now = clock.instant();
        Instant activeUntil = kept.stream()
                .filter(one -> one.state() == LeaseState.ACTIVE)
                .map(one -> one.lease().expiresAt())
                .findFirst()
                .orElse(now);
        return kept.stream()
                .filter(one -> one.state() == LeaseState.SUPERSEDED && holder.holds(one.lease()))
                .map(KeptLease::lease)
                .filter(lease -> lease.lasts(validity, now) && lease.expiresAt().isAfter(activeUntil))
                .findFirst()
                .flatMap(lease -> store.reuse(holder, lease.id(), now))
                .orElseThrow(() -> full(kept, validity));
    }

    private static BridgeException full(List<KeptLease> kept, Duration validity) {
        String until = kept.stream()
                .map(one -> one.lease().promisedUntil())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("a little later");
        return new BridgeException(
                ProblemCode.VALIDITY_NOT_POSSIBLE,
                "A token that lasts " + validity + " needs another key, and both keys of this user are promised to"
                        + " jobs that are running, one of them until " + until
                        + ". Ask again then, or ask for less now.");
    }
}
