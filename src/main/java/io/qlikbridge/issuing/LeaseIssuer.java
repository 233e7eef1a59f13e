package io.qlikbridge.issuing;

import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.claim.FailedIssue;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Guarantee;
import io.qlikbridge.lease.Installation;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.orphan.Orphans;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Terms;
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

    private final ClaimStore claims;
    private final ActivationStore activations;
    private final HeldLeases held;
    private final Installation installation;
    private final Orphans orphans;
    private final KeyQuota quota;
    private final Deployments deployments;
    private final RenewalTime renewalTime;
    private final LeaseProperties properties;
    private final Clock clock;

    LeaseIssuer(
            ClaimStore claims,
            ActivationStore activations,
            HeldLeases held,
            Installation installation,
            Orphans orphans,
            KeyQuota quota,
            Deployments deployments,
            RenewalTime renewalTime,
            LeaseProperties properties,
            Clock clock) {
        this.claims = claims;
        this.activations = activations;
        this.held = held;
        this.installation = installation;
        this.orphans = orphans;
        this.quota = quota;
        this.deployments = deployments;
        this.renewalTime = renewalTime;
        this.properties = properties;
        this.clock = clock;
    }

    Lease issue(Attempt attempt) {
        IssuedCredential issued;
        try {
            Runnable proceed = new StandingClaim(
                    claims, attempt.claim(), properties.claimDeadline(), deadline(attempt.connection()));
            Optional<Lease> reused = attempt.newcomer() ? Optional.empty() : roomMade(attempt, proceed);
            if (reused.isPresent()) {
                claims.release(attempt.key(), attempt.claim());
                return reused.get();
            }
            issued = atTenant(attempt, proceed);
        } catch (RuntimeException | Error failure) {
            end(attempt, outcome(failure, attempt.renewal()), failure);
            throw failure;
        }
        return keep(attempt, issued);
    }

    /** @return a lease that is there already and is good enough */
    private Optional<Lease> roomMade(Attempt attempt, Runnable proceed) {
        orphans.clearIfWatched(attempt.connection(), attempt.subject(), proceed);
        return quota.makeRoom(attempt, proceed);
    }

    /** Where the user's keys are too many, orphans of ours are deleted and the tenant is asked once more. */
    private IssuedCredential atTenant(Attempt attempt, Runnable proceed) {
        Connection connection = attempt.connection();
        Subject subject = attempt.subject();
        CredentialIssuer issuer = deployments.issuer(connection).orElseThrow();
        String description = installation.description(attempt.claim().operation());
        try {
            return issuer.issue(connection, subject, description, proceed);
        } catch (TenantException refused) {
            if (refused.refusal() != Refusal.TOO_MANY || cleared(connection, subject, proceed, refused) == 0) {
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

    /** A key that could not be kept is deleted at the tenant: its token was shown once. */
    private Lease keep(Attempt attempt, IssuedCredential issued) {
        Credential credential = issued.credential();
        Instant promisedUntil = promise(attempt.validity());
        Optional<Lease> lease;
        try {
            Instant now = clock.instant();
            Instant renewAt = isRenewed(attempt.connection()) ? renewalTime.of(now, credential.expiresAt()) : null;
            lease = held.held(
                    attempt.connection(),
                    attempt.subject(),
                    () -> activations.activate(attempt, issued, now, renewAt, promisedUntil));
        } catch (RuntimeException | Error failure) {
            // whether it was committed is not known: only a claim that is still there proves that it was not
            if (end(attempt, new FailedIssue(ProblemCode.INTERNAL, true, attempt.renewal()), failure)) {
                undo(attempt, credential);
            }
            throw failure;
        }
        if (lease.isEmpty()) {
            undo(attempt, credential);
            throw StandingClaim.lost();
        }
        log.info(
                "{} lease {} on connection {}: Qlik key {} until {}",
                attempt.renewal() ? "Renewed with" : "Issued",
                attempt.claim().lease(),
                attempt.connection().id(),
                credential.id(),
                credential.expiresAt());
        return lease.get();
    }

    private boolean isRenewed(Connection connection) {
        return deployments
                .issuer(connection)
                .map(issuer -> issuer.terms(connection))
                .filter(Terms::renewed)
                .isPresent();
    }

    /**
     * Ends a claim that came to nothing. Where the database is away, too, the claim's deadline passes, and the operation is
     * watched.
     *
     * @return whether the claim was still there
     */
    private boolean end(Attempt attempt, FailedIssue outcome, Throwable failure) {
        try {
            return claims.fail(
                    attempt.key(),
                    attempt.subject(),
                    attempt.claim(),
                    outcome,
                    clock.instant(),
                    properties.orphanWatch());
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
    private void undo(Attempt attempt, Credential credential) {
        Connection connection = attempt.connection();
        try {
            deployments
                    .revoker(connection)
                    .ifPresent(revoker -> revoker.revoke(connection, attempt.subject(), credential));
            claims.undone(attempt.claim());
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

    private Duration deadline(Connection connection) {
        Duration longest = deployments
                .issuer(connection)
                .map(CredentialIssuer::longestCall)
                .orElse(Duration.ZERO);
        Duration usual = properties.claimDeadline();
        return longest.compareTo(usual) > 0 ? longest : usual;
    }
}
