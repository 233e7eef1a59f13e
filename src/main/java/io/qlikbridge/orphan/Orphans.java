package io.qlikbridge.orphan;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Installation;
import io.qlikbridge.lease.LeaseMeters;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.CredentialInventory;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds keys of this installation at a tenant that no lease knows, and deletes them: a key's token is shown once, so
 * whoever missed it will never have it. Keys with any other description are not touched.
 */
@Component
public class Orphans {

    private static final Logger log = LoggerFactory.getLogger(Orphans.class);

    private final WatchListStore watchList;
    private final SweepStore store;
    private final Installation installation;
    private final Deployments deployments;
    private final LeaseMeters meters;
    private final LeaseProperties properties;
    private final Clock clock;

    Orphans(
            WatchListStore watchList,
            SweepStore store,
            Installation installation,
            Deployments deployments,
            LeaseMeters meters,
            LeaseProperties properties,
            Clock clock) {
        this.watchList = watchList;
        this.store = store;
        this.installation = installation;
        this.deployments = deployments;
        this.meters = meters;
        this.properties = properties;
        this.clock = clock;
    }

    /** Deletes the orphans of a subject before anything new is issued to it, if there may be one. */
    public void clearIfWatched(Connection connection, Subject subject, Runnable proceed) {
        if (watchList.isWatched(owner(connection, subject))) {
            clear(connection, subject, proceed);
        }
    }

    /**
     * Deletes the orphans of a subject.
     *
     * @param proceed called before each call to the tenant; what it throws ends the work
     * @return how many there were
     */
    public int clear(Connection connection, Subject subject, Runnable proceed) {
        CredentialInventory inventory = deployments.inventory(connection).orElse(null);
        if (inventory == null) {
            return 0;
        }
        LeaseOwner owner = owner(connection, subject);
        Optional<IssuedCredential> held = store.held(owner, clock.instant());
        if (held.isPresent()) {
            try {
                return clear(inventory, connection, subject, held.get(), proceed);
            } catch (TenantException refused) {
                if (!refused.credentialRefused()) {
                    throw refused;
                }
            }
        }
        return clear(inventory, connection, subject, null, proceed);
    }

    private int clear(
            CredentialInventory inventory,
            Connection connection,
            Subject subject,
            @Nullable IssuedCredential held,
            Runnable proceed) {
        LeaseOwner owner = owner(connection, subject);
        proceed.run();
        CredentialInventory.Visit visit = inventory.visit(connection, subject, held);
        proceed.run();
        // first what the tenant has, then what we know: whatever was made in between is known
        Map<UUID, CredentialInventory.Kept> ours = ours(visit.described(installation.beginning()));
        Set<UUID> known = store.known(ours.keySet());
        int deleted = 0;
        for (Map.Entry<UUID, CredentialInventory.Kept> one : ours.entrySet()) {
            if (known.contains(one.getKey())) {
                continue;
            }
            meters.orphanFound(connection.id());
            proceed.run();
            visit.end(one.getValue());
            watchList.deleted(owner, one.getKey(), one.getValue().id());
            log.warn(
                    "Deleted the Qlik key {} of {} on connection {}: no lease knows it",
                    one.getValue().id(),
                    owner.subject(),
                    connection.id());
            deleted++;
        }
        Instant now = clock.instant();
        watchList.looked(owner, now, now.plus(properties.orphanSweep()));
        return deleted;
    }

    private Map<UUID, CredentialInventory.Kept> ours(List<CredentialInventory.Kept> kept) {
        Map<UUID, CredentialInventory.Kept> ours = new HashMap<>();
        for (CredentialInventory.Kept key : kept) {
            installation.operation(key.description()).ifPresent(operation -> ours.put(operation, key));
        }
        return ours;
    }

    private static LeaseOwner owner(Connection connection, Subject subject) {
        return new LeaseOwner(
                connection.id(),
                connection.host(),
                subject.value(),
                subject.user().username());
    }
}
