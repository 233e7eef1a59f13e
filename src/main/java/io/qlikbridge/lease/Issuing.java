package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has new credentials issued, one attempt at a time for each user: callers of one process join the attempt that is under
 * way, replicas claim the right to make one. No database connection is held while the tenant is asked.
 */
@Component
class Issuing {

    private static final Logger log = LoggerFactory.getLogger(Issuing.class);

    /** How often those who wait for another replica look for themselves. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final LeaseStore store;
    private final Tenants tenants;
    private final LeaseNews news;
    private final LeaseProperties properties;
    private final Clock clock;
    private final ConcurrentHashMap<Holder, CompletableFuture<Lease>> attempts = new ConcurrentHashMap<>();
    private volatile @Nullable UUID installation;

    Issuing(LeaseStore store, Tenants tenants, LeaseNews news, LeaseProperties properties, Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.news = news;
        this.properties = properties;
        this.clock = clock;
    }

    /** A lease good for {@code validity}, or for as long as the tenant gives one. */
    Lease obtain(Connection connection, Subject subject, Duration validity) {
        Holder holder = Holder.of(connection, subject);
        CompletableFuture<Lease> ours = new CompletableFuture<>();
        CompletableFuture<Lease> running = attempts.putIfAbsent(holder, ours);
        if (running != null) {
            Lease lease = joined(running);
            // whoever asked first may have asked for less
            return isGood(lease, connection, validity) ? lease : obtain(connection, subject, validity);
        }
        try {
            Lease lease = attempt(connection, subject, holder, validity);
            ours.complete(lease);
            return lease;
        } catch (RuntimeException | Error failure) {
            ours.completeExceptionally(failure);
            throw failure;
        } finally {
            attempts.remove(holder, ours);
        }
    }

    private Lease attempt(Connection connection, Subject subject, Holder holder, Duration validity) {
        long giveUp =
                System.nanoTime() + properties.claimDeadline().multipliedBy(2).toNanos();
        while (true) {
            Optional<Lease> held = good(holder, connection, validity);
            if (held.isPresent()) {
                return held.get();
            }
            Optional<Claim> claim = store.claim(holder, subject, properties.claimDeadline());
            if (claim.isPresent()) {
                return issue(connection, subject, holder, claim.get(), validity);
            }
            if (System.nanoTime() - giveUp > 0) {
                throw busy(subject, null);
            }
            try {
                news.await(holder, LOOK_EVERY);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw busy(subject, stopping);
            }
        }
    }

    private Lease issue(Connection connection, Subject subject, Holder holder, Claim claim, Duration validity) {
        // another replica may have come to its end between our look and our claim
        Optional<Lease> held = good(holder, connection, validity);
        if (held.isPresent()) {
            store.release(holder, claim);
            return held.get();
        }
        IssuedCredential issued;
        try {
            issued = tenants.issuer(connection).issue(connection, subject, description(claim));
        } catch (RuntimeException | Error failure) {
            store.fail(holder, claim, reason(failure));
            throw failure;
        }
        return keep(connection, holder, claim, issued);
    }

    /** A key that could not be kept is deleted at the tenant: its token was shown once. */
    private Lease keep(Connection connection, Holder holder, Claim claim, IssuedCredential issued) {
        Optional<Lease> lease;
        try {
            Instant now = clock.instant();
            lease = store.activate(holder, claim, issued, now, renewAt(now, issued.credential()));
        } catch (RuntimeException | Error failure) {
            undo(connection, issued.credential());
            throw failure;
        }
        if (lease.isEmpty()) {
            undo(connection, issued.credential());
            throw new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "Issuing took longer than bridge.lease.claim-deadline, and another replica went on. Ask again.",
                    null,
                    BUSY_RETRY_AFTER,
                    null);
        }
        log.info(
                "Issued lease {} on connection {}: Qlik key {} until {}",
                claim.lease(),
                connection.id(),
                issued.credential().id(),
                issued.credential().expiresAt());
        return lease.get();
    }

    private void undo(Connection connection, Credential credential) {
        try {
            tenants.revoker(connection).ifPresent(revoker -> revoker.revoke(connection, credential));
        } catch (TenantException notNow) {
            log.warn(
                    "The Qlik key {} on connection {} was issued, could not be kept and could not be deleted: {}",
                    credential.id(),
                    connection.id(),
                    notNow.detail());
        }
    }

    private Optional<Lease> good(Holder holder, Connection connection, Duration validity) {
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

    private Instant renewAt(Instant now, Credential credential) {
        long lifetime = Duration.between(now, credential.expiresAt()).toMillis();
        return now.plusMillis((long) (lifetime * properties.renewAt()));
    }

    /** What a key of ours is found by at the tenant. */
    private String description(Claim claim) {
        UUID known = installation;
        if (known == null) {
            known = store.installation();
            installation = known;
        }
        return "qlik-identity-bridge/" + known + "/" + claim.operation();
    }

    private static String reason(Throwable failure) {
        String code = failure instanceof BridgeException told ? told.code().slug() : "internal";
        boolean ambiguous = !(failure instanceof BridgeException)
                || (failure instanceof TenantException told && told.mayHaveActed());
        return ambiguous ? code + " (the tenant may have made a key)" : code;
    }

    private static Lease joined(CompletableFuture<Lease> attempt) {
        try {
            return attempt.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw failed;
        }
    }

    private static BridgeException busy(Subject subject, @Nullable Throwable cause) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "Another replica is still issuing for user " + subject.user().username() + ". Ask again shortly.",
                null,
                BUSY_RETRY_AFTER,
                cause);
    }
}
