package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has one credential issued under a claim, and makes it the user's lease. No database connection is held while the tenant
 * is asked.
 */
@Component
class Issuer {

    private static final Logger log = LoggerFactory.getLogger(Issuer.class);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final ClaimStore claims;
    private final Tenants tenants;
    private final LeaseProperties properties;
    private final Clock clock;
    private volatile @Nullable UUID installation;

    Issuer(ClaimStore claims, Tenants tenants, LeaseProperties properties, Clock clock) {
        this.claims = claims;
        this.tenants = tenants;
        this.properties = properties;
        this.clock = clock;
    }

    Lease issue(Connection connection, Subject subject, Holder holder, Claim claim) {
        IssuedCredential issued;
        try {
            issued = tenants.issuer(connection)
                    .issue(connection, subject, description(claim), () -> requireClaim(claim));
        } catch (RuntimeException | Error failure) {
            claims.fail(holder, claim, reason(failure), mayHaveActed(failure));
            throw failure;
        }
        return keep(connection, holder, claim, issued);
    }

    /** A key that could not be kept is deleted at the tenant: its token was shown once. */
    private Lease keep(Connection connection, Holder holder, Claim claim, IssuedCredential issued) {
        Optional<Lease> lease;
        try {
            Instant now = clock.instant();
            lease = claims.activate(holder, claim, issued, now, renewAt(now, issued.credential()));
        } catch (RuntimeException | Error failure) {
            undo(connection, issued.credential());
            throw failure;
        }
        if (lease.isEmpty()) {
            undo(connection, issued.credential());
            throw lost();
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

    private Instant renewAt(Instant now, Credential credential) {
        long lifetime = Duration.between(now, credential.expiresAt()).toMillis();
        return now.plusMillis((long) (lifetime * properties.renewAt()));
    }

    /** What a key of ours is found by at the tenant. */
    private String description(Claim claim) {
        UUID known = installation;
        if (known == null) {
            known = claims.installation();
            installation = known;
        }
        return CredentialIssuer.DESCRIPTION + known + "/" + claim.operation();
    }

    private static String reason(Throwable failure) {
        return failure instanceof BridgeException told ? told.code().slug() : "internal";
    }

    private static boolean mayHaveActed(Throwable failure) {
        return !(failure instanceof BridgeException)
                || (failure instanceof TenantException told && told.mayHaveActed());
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
