package io.qlikbridge.issuing;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.claim.FailedIssue;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Guarantee;
import io.qlikbridge.lease.Installation;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseMeters;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.RenewalTime;
import io.qlikbridge.orphan.Orphans;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Tenants;
import io.qlikbridge.trace.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has one credential issued under a claim, and makes it the user's lease. What an earlier attempt may have left at the
 * tenant is deleted first. No database connection is held while the tenant is asked.
 */
@Component
class LeaseIssuer {

    private static final Logger log = LoggerFactory.getLogger(LeaseIssuer.class);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final ClaimStore claims;
    private final ActivationStore activations;
    private final Installation installation;
    private final Orphans orphans;
    private final KeyQuota room;
    private final Tenants tenants;
    private final RenewalTime renewalTime;
    private final LeaseMeters meters;
    private final Spans spans;
    private final LeaseProperties properties;
    private final Clock clock;

    LeaseIssuer(
            ClaimStore claims,
            ActivationStore activations,
            Installation installation,
            Orphans orphans,
            KeyQuota room,
            Tenants tenants,
            RenewalTime renewalTime,
            LeaseMeters meters,
            Spans spans,
            LeaseProperties properties,
            Clock clock) {
        this.claims = claims;
        this.activations = activations;
        this.installation = installation;
        this.orphans = orphans;
        this.room = room;
        this.tenants = tenants;
        this.renewalTime = renewalTime;
        this.meters = meters;
        this.spans = spans;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param renewal whether it is to take the place of one that is in use and still good */
    Lease issue(
            Connection connection, Subject subject, LeaseKey holder, Claim claim, Duration validity, boolean renewal) {
        return spans.within(
                "lease.issue",
                connection.id().value(),
                () -> meters.issuing(
                        connection.id(),
                        renewal,
                        () -> measured(connection, subject, holder, claim, validity, renewal)));
    }

    private Lease measured(
            Connection connection, Subject subject, LeaseKey holder, Claim claim, Duration validity, boolean renewal) {
        IssuedCredential issued;
        try {
            Runnable proceed = () -> requireClaim(claim);
            orphans.clearIfWatched(connection, subject, proceed);
            Optional<Lease> reused = room.make(connection, subject, holder, validity, proceed);
            if (reused.isPresent()) {
                claims.release(holder, claim);
                return reused.get();
            }
            issued = atTenant(connection, subject, claim, proceed);
        } catch (RuntimeException | Error failure) {
            end(holder, subject, claim, outcome(failure, renewal), failure);
            throw failure;
        }
        return keep(connection, subject, holder, claim, issued, promise(validity), renewal);
    }

    /** Where the user's keys are too many, orphans of ours are deleted and the tenant is asked once more. */
    private IssuedCredential atTenant(Connection connection, Subject subject, Claim claim, Runnable proceed) {
        CredentialIssuer issuer = tenants.issuer(connection);
        String description = installation.description(claim.operation());
        try {
            return issuer.issue(connection, subject, description, proceed);
        } catch (TenantException refused) {
            if (!mayBeTheLimit(refused) || cleared(connection, subject, proceed, refused) == 0) {
                throw refused;
            }
        }
        return issuer.issue(connection, subject, description, proceed);
    }

    /** What keeps us from looking is not what the user has to be told. */
    private int cleared(Connection connection, Subject subject, Runnable proceed, TenantException refused) {
        try {
            return orphans.clear(connection, subject, proceed);
        } catch (TenantException notToBeSeen) {
            refused.addSuppressed(notToBeSeen);
            return 0;
        }
    }

    /** A tenant that does not tell its limits answers 403 for too many keys as for a missing permission. */
    private static boolean mayBeTheLimit(TenantException refused) {
        UpstreamAnswer answer = refused.upstream();
        return refused.code() == ProblemCode.API_KEY_LIMIT_REACHED
                || (refused.code() == ProblemCode.API_KEY_REFUSED
                        && answer != null
                        && Integer.valueOf(403).equals(answer.status()));
    }

    /** A key that could not be kept is deleted at the tenant: its token was shown once. */
    private Lease keep(
            Connection connection,
            Subject subject,
            LeaseKey holder,
            Claim claim,
            IssuedCredential issued,
            @Nullable Instant promisedUntil,
            boolean renewal) {
        Optional<Lease> lease;
        try {
            Instant now = clock.instant();
            Instant renewAt = renewalTime.of(now, issued.credential().expiresAt());
            lease = activations.activate(holder, subject, claim, issued, now, renewAt, promisedUntil, renewal);
        } catch (RuntimeException | Error failure) {
            // whether it was committed is not known: only a claim that is still there proves that it was not
            if (end(holder, subject, claim, new FailedIssue(ProblemCode.INTERNAL, true, renewal), failure)) {
                undo(connection, subject, claim, issued.credential());
            }
            throw failure;
        }
        if (lease.isEmpty()) {
            undo(connection, subject, claim, issued.credential());
            throw lost();
        }
        log.info(
                "{} lease {} on connection {}: Qlik key {} until {}",
                renewal ? "Renewed with" : "Issued",
                claim.lease(),
                connection.id(),
                issued.credential().id(),
                issued.credential().expiresAt());
        return lease.get();
    }

    /**
     * Ends a claim that came to nothing. Where the database is away, too, the claim's deadline passes, and the operation is
     * watched.
     *
     * @return whether the claim was still there
     */
    private boolean end(LeaseKey holder, Subject subject, Claim claim, FailedIssue outcome, Throwable failure) {
        try {
            return claims.fail(holder, subject, claim, outcome, clock.instant(), properties.orphanWatch());
        } catch (RuntimeException databaseAway) {
            failure.addSuppressed(databaseAway);
            return false;
        }
    }

    /** What is asked for beyond the margin is asked for by somebody who counts on it. */
    private @Nullable Instant promise(Duration validity) {
        return validity.compareTo(properties.renewalMargin()) > 0 ? Guarantee.until(clock.instant(), validity) : null;
    }

    /** Where even this fails, the claim's deadline passes, and the operation is looked for by its description. */
    private void undo(Connection connection, Subject subject, Claim claim, Credential credential) {
        try {
            tenants.revoker(connection).ifPresent(revoker -> revoker.revoke(connection, subject, credential));
            claims.undone(claim);
        } catch (BridgeException notNow) {
            log.warn(
                    "The Qlik key {} on connection {} was issued, could not be kept and could not be deleted yet: {}",
                    credential.id(),
                    connection.id(),
                    notNow.detail());
        }
    }

    private static FailedIssue outcome(Throwable failure, boolean renewal) {
        ProblemCode code = failure instanceof BridgeException told ? told.code() : ProblemCode.INTERNAL;
        boolean mayHaveActed = !(failure instanceof BridgeException)
                || (failure instanceof TenantException told && told.mayHaveActed());
        return new FailedIssue(code, mayHaveActed, renewal);
    }

    /** Before each call that may take its time: so the deadline is that of one call, not of all of them. */
    private void requireClaim(Claim claim) {
        if (!claims.extend(claim, properties.claimDeadline())) {
            throw lost();
        }
    }

    private static BridgeException lost() {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "The claim to issue was lost meanwhile: it took longer than bridge.lease.claim-deadline, or the user was"
                        + " revoked. Ask again.",
                null,
                BUSY_RETRY_AFTER,
                null);
    }
}
