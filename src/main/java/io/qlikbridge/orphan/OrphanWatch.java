package io.qlikbridge.orphan;

import io.qlikbridge.background.BackgroundWork;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.background.FairQueue;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.OwnerResolver;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.Terms;
import io.qlikbridge.upstream.RateLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks for keys at the tenants that no lease knows, in the background: for those that an operation without a clear end may
 * have made, or may make late, and now and then for everybody who has a lease.
 */
@Component
public class OrphanWatch {

    private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);
    private static final Duration ELSEWHERE = Duration.ofHours(1);

    private final WatchListStore watchList;
    private final SweepStore sweeps;
    private final ClaimStore claims;
    private final Orphans orphans;
    private final OwnerResolver owners;
    private final Deployments deployments;
    private final BackgroundWorkers workers;
    private final LeaseProperties properties;
    private final Clock clock;
    private final FairQueue lookTurns;
    private final FairQueue sweepTurns;

    OrphanWatch(
            WatchListStore watchList,
            SweepStore sweeps,
            ClaimStore claims,
            Orphans orphans,
            OwnerResolver owners,
            Deployments deployments,
            Connections connections,
            RateLimits pauses,
            BackgroundWorkers workers,
            LeaseProperties properties,
            Clock clock) {
        this.watchList = watchList;
        this.sweeps = sweeps;
        this.claims = claims;
        this.orphans = orphans;
        this.owners = owners;
        this.deployments = deployments;
        this.workers = workers;
        this.properties = properties;
        this.clock = clock;
        this.lookTurns = new FairQueue(connections, pauses, properties.renewalsPerMinute(), clock);
        this.sweepTurns = new FairQueue(connections, pauses, properties.renewalsPerMinute(), clock);
    }

    /** One round over the watch list, with the claims first whose owner has died. */
    public void look() {
        Instant now = clock.instant();
        int abandoned = claims.abandon(now, properties.orphanWatch());
        if (abandoned > 0) {
            log.warn("{} claims to issue were abandoned; their keys are looked for at the tenant", abandoned);
        }
        workers.inBackground(
                BackgroundWork.ORPHAN_SEARCH,
                lookTurns.of(watchList.connectionsDue(now), (connection, most) -> watchList.due(connection, now, most)),
                this::look);
    }

    /** Looks now for all that is watched on a connection; throws what keeps it from looking. */
    public void look(ConnectionId connection) {
        watchList.watched(connection).forEach(this::look);
    }

    /** One round over the users with a lease whose turn it is. */
    public void sweep() {
        Instant then = clock.instant().minus(properties.effectiveInstallationSweep());
        workers.inBackground(
                BackgroundWork.INSTALLATION_SWEEP,
                sweepTurns.of(
                        sweeps.connectionsNotSweptSince(then),
                        (connection, most) -> sweeps.notSweptSince(connection, then, most)),
                this::sweep);
    }

    private void look(LeaseOwner owner) {
        try {
            clear(owner);
        } catch (RuntimeException notNow) {
            log.warn(
                    "Keys of {} on connection {} could not be looked for yet: {}",
                    owner.subject(),
                    owner.connection(),
                    notNow instanceof BridgeException told ? told.detail() : "internal");
            Instant now = clock.instant();
            watchList.notLooked(owner, now.plus(pause(notNow)), now.minus(longestLife(owner)));
            throw notNow;
        }
    }

    /** Where the connection does not lead any more nobody can look until an admin points it there again. */
    private Duration pause(RuntimeException notNow) {
        boolean elsewhere = notNow instanceof BridgeException told && told.code() == ProblemCode.CONFLICT;
        return elsewhere && properties.orphanSweep().compareTo(ELSEWHERE) < 0 ? ELSEWHERE : properties.orphanSweep();
    }

    /** A key that the tenant may have made has expired by itself after that long. */
    private Duration longestLife(LeaseOwner owner) {
        return owners.connection(owner)
                .flatMap(connection -> deployments.issuer(connection).map(issuer -> issuer.terms(connection)))
                .map(Terms::longestEver)
                .orElse(Duration.ZERO);
    }

    private void sweep(LeaseOwner owner) {
        try {
            clear(owner);
        } finally {
            sweeps.swept(owner, clock.instant());
        }
    }

    private void clear(LeaseOwner owner) {
        Connection connection = owners.connection(owner).orElse(null);
        if (connection != null) {
            orphans.clear(connection, owners.subject(connection, owner), () -> {});
        }
    }
}
