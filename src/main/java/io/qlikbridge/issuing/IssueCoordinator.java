package io.qlikbridge.issuing;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseMeters;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.trace.Spans;
import io.qlikbridge.upstream.Crowds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has new credentials issued, one attempt at a time for each user: callers of one process join the attempt that is under
 * way, replicas claim the right to make one. No database connection is held while the tenant is asked.
 */
@Component
public class IssueCoordinator {

    /** How often those who wait for another replica look for themselves. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final LeaseStore store;
    private final ClaimStore claims;
    private final NewcomerStore newcomers;
    private final ObservedIssuer issuer;
    private final RefusedSubjects refused;
    private final Connections connections;
    private final LocalUsers users;
    private final Subjects subjects;
    private final IssueSignals news;
    private final Crowds crowds;
    private final LeaseMeters meters;
    private final Spans spans;
    private final LeaseProperties properties;
    private final Clock clock;
    private final ConcurrentHashMap<LeaseKey, CompletableFuture<Lease>> attempts = new ConcurrentHashMap<>();

    IssueCoordinator(
            LeaseStore store,
            ClaimStore claims,
            NewcomerStore newcomers,
            ObservedIssuer issuer,
            RefusedSubjects refused,
            Connections connections,
            LocalUsers users,
            Subjects subjects,
            IssueSignals news,
            Crowds crowds,
            LeaseMeters meters,
            Spans spans,
            LeaseProperties properties,
            Clock clock) {
        this.store = store;
        this.claims = claims;
        this.newcomers = newcomers;
        this.issuer = issuer;
        this.refused = refused;
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.news = news;
        this.crowds = crowds;
        this.meters = meters;
        this.spans = spans;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A lease good for {@code validity}, or for as long as the tenant gives one.
     *
     * @param known what is there, as was read just now
     */
    Lease obtain(Connection connection, Subject subject, Duration validity, @Nullable Lease known) {
        LeaseKey holder = LeaseKey.of(connection, subject);
        CompletableFuture<Lease> ours = new CompletableFuture<>();
        refused.check(holder);
        CompletableFuture<Lease> running = attempts.putIfAbsent(holder, ours);
        if (running != null) {
            Lease lease = waiting(connection, () -> joined(running, subject));
            // whoever asked first may have asked for less
            return isGood(lease, connection, validity) ? lease : obtain(connection, subject, validity, lease);
        }
        try {
            Lease lease = attempt(connection, subject, holder, validity, known);
            ours.complete(lease);
            return lease;
        } catch (RuntimeException | Error failure) {
            if (failure instanceof BridgeException told) {
                refused.remember(holder, told);
            }
            ours.completeExceptionally(failure);
            throw failure;
        } finally {
            attempts.remove(holder, ours);
        }
    }

    /**
     * Has the lease that is due followed by another, unless somebody else is at it. The tenant is asked even if it refused
     * the subject just now.
     */
    public boolean renew(RenewalQueue.Due due) {
        Connection connection = connections.find(due.owner().connection()).orElse(null);
        LocalUser user = users.find(due.user()).orElse(null);
        if (connection == null || user == null) {
            return false;
        }
        Subject subject;
        try {
            subject = subjects.of(connection, user);
        } catch (BridgeException nobody) {
            return false;
        }
        LeaseKey holder = LeaseKey.of(connection, subject);
        if (!isActive(holder, due.lease())) {
            return false;
        }
        Optional<Claim> claim = claim(holder, subject);
        if (claim.isPresent()) {
            try {
                requireUnchanged(connection, subject, holder);
                if (!isActive(holder, due.lease())) {
                    claims.release(holder, claim.get());
                    return true;
                }
            } catch (RuntimeException notNow) {
                claims.release(holder, claim.get());
                throw notNow;
            }
            issuer.issue(
                    new Attempt(connection, subject, holder, claim.get(), properties.renewalMargin(), true, false));
        }
        return true;
    }

    private boolean isActive(LeaseKey holder, UUID lease) {
        return store.active(holder).filter(active -> active.id().equals(lease)).isPresent();
    }

    private Optional<Claim> claim(LeaseKey holder, Subject subject) {
        return claims.claim(holder, subject, properties.claimDeadline(), clock.instant(), properties.orphanWatch());
    }

    private Lease attempt(
            Connection connection, Subject subject, LeaseKey holder, Duration validity, @Nullable Lease known) {
        Look look = look(connection, subject, holder, validity, known);
        if (look instanceof Look.Taken) {
            look = waiting(connection, () -> awaited(connection, subject, holder, validity));
        }
        return switch (look) {
            case Look.Held held -> held.lease();
            case Look.Claimed claimed -> issue(connection, subject, holder, claimed.claim(), validity);
            case Look.Taken taken -> throw busy(subject, null);
        };
    }

    private Look look(
            Connection connection, Subject subject, LeaseKey holder, Duration validity, @Nullable Lease active) {
        if (active != null && isGood(active, connection, validity)) {
            return new Look.Held(active);
        }
        Optional<Claim> claim = claim(holder, subject);
        if (claim.isPresent()) {
            return new Look.Claimed(claim.get());
        }
        if (users.find(holder.user()).isEmpty()) {
            throw changed(connection, subject);
        }
        return new Look.Taken();
    }

    /** Waits for somebody else who issues for the same user. */
    private <T> T waiting(Connection connection, Supplier<T> wait) {
        long start = System.nanoTime();
        try (Crowds.Stay stay = crowds.join(connection.host())) {
            if (stay == null) {
                throw crowded(connection);
            }
            return spans.within("lease.wait", connection.id().value(), wait);
        } finally {
            meters.waited(connection.id(), start);
        }
    }

    /** What is there as soon as the other replica is done; {@link Look.Taken} if it still is not when it should be. */
    private Look awaited(Connection connection, Subject subject, LeaseKey holder, Duration validity) {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start <= longestWait().toNanos()) {
                news.await(holder, LOOK_EVERY);
                Lease active = store.active(holder).orElse(null);
                Look look = look(connection, subject, holder, validity, active);
                if (!(look instanceof Look.Taken)) {
                    return look;
                }
            }
            return new Look.Taken();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy(subject, stopping);
        }
    }

    private Lease issue(Connection connection, Subject subject, LeaseKey holder, Claim claim, Duration validity) {
        boolean newcomer;
        try {
            newcomer = newcomers.isNewcomer(subjects.still(connection, subject));
            // another replica may have come to its end between our look and our claim
            Optional<Lease> held = newcomer ? Optional.empty() : good(holder, connection, validity);
            if (held.isPresent()) {
                claims.release(holder, claim);
                return held.get();
            }
            if (!newcomer) {
                requireUnchanged(connection, subject, holder);
            }
        } catch (RuntimeException notNow) {
            claims.release(holder, claim);
            throw notNow;
        }
        return issuer.issue(new Attempt(connection, subject, holder, claim, validity, false, newcomer));
    }

    /**
     * What the caller has read may be over by now. From here on, whoever disables or deletes the user finds our claim, and
     * ends it.
     */
    private void requireUnchanged(Connection connection, Subject subject, LeaseKey holder) {
        Connection now = connections.of(connection.id());
        Subject subjectNow = subjects.of(now, users.of(subject.user().username()));
        if (!LeaseKey.of(now, subjectNow).equals(holder)) {
            throw changed(connection, subject);
        }
    }

    private static BridgeException changed(Connection connection, Subject subject) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "User " + subject.user().username() + " or connection " + connection.id()
                        + " was changed just now. Ask again.",
                null,
                BUSY_RETRY_AFTER,
                null);
    }

    private Optional<Lease> good(LeaseKey holder, Connection connection, Duration validity) {
        return store.active(holder).filter(lease -> isGood(lease, connection, validity));
    }

    /** It lasts, or it was issued just now under the same settings: the tenant gives no more. */
    private boolean isGood(Lease lease, Connection connection, Duration validity) {
        Instant now = clock.instant();
        boolean justIssued = Duration.between(lease.issuedAt(), now).compareTo(properties.claimDeadline()) < 0
                && !connection.updatedAt().isAfter(lease.issuedAt())
                && lease.expiresAt().isAfter(now);
        return justIssued || lease.lasts(validity, now);
    }

    private Lease joined(CompletableFuture<Lease> attempt, Subject subject) {
        try {
            return attempt.get(longestWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw busy(subject, late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy(subject, stopping);
        }
    }

    private Duration longestWait() {
        return properties.claimDeadline().multipliedBy(2);
    }

    private static BridgeException crowded(Connection connection) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "As many requests wait for " + connection.host()
                        + " as may, so that others are served. Ask again shortly.",
                null,
                BUSY_RETRY_AFTER,
                null);
    }

    private static BridgeException busy(Subject subject, @Nullable Throwable cause) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "A key is still being issued for user " + subject.user().username() + ". Ask again shortly.",
                null,
                BUSY_RETRY_AFTER,
                cause);
    }
}
