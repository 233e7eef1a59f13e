package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionLeases;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends leases when their user or their connection goes: out of use first, then at the tenant. What the tenant could not
 * be told stays {@link LeaseState#REVOKING}.
 */
@Component
class Revocation implements UserLeases, ConnectionLeases {

    private static final Logger log = LoggerFactory.getLogger(Revocation.class);

    private final RevocationStore store;
    private final Connections connections;
    private final Tenants tenants;
    private final Clock clock;

    Revocation(RevocationStore store, Connections connections, Tenants tenants, Clock clock) {
        this.store = store;
        this.connections = connections;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public void revoke(UUID user) {
        store.begin(user, null);
        end(store.revoking(user, null));
    }

    @Override
    public long alive(ConnectionId connection) {
        return store.alive(connection, clock.instant());
    }

    @Override
    public void revoke(ConnectionId connection) {
        store.begin(null, connection);
        TenantException kept = end(store.revoking(null, connection));
        if (kept != null) {
            throw kept;
        }
    }

    /** Tells the tenant of each, until it is silent; answers with what kept the last one alive, if anything did. */
    private @Nullable TenantException end(List<Revoking> leases) {
        TenantException kept = null;
        for (Revoking one : leases) {
            try {
                end(one);
            } catch (TenantException notNow) {
                log.warn("Lease {} is not revoked yet: {}", one.lease().id(), notNow.detail());
                kept = notNow;
                if (notNow.code().kind() == ProblemCode.Kind.UNAVAILABLE) {
                    return kept;
                }
            }
        }
        return kept;
    }

    private void end(Revoking one) {
        Lease lease = one.lease();
        if (lease.expiresAt().isAfter(clock.instant())) {
            connections
                    .find(one.connection())
                    .map(connection -> connection.at(lease.host()))
                    .ifPresent(connection -> tenants.revoker(connection)
                            .ifPresent(revoker -> revoker.revoke(connection, lease.credential())));
        }
        store.revoked(lease.id());
        log.info("Revoked lease {}", lease.id());
    }
}
