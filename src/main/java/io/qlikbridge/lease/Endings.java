package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.tenant.TenantPauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Brings leases to their end in the background: those that have expired, superseded ones that nobody counts on any more,
 * and those whose tenant could not be told before.
 */
@Component
class Endings {

    private static final int PAGE = 500;

    private final RevocationStore store;
    private final Revocation revocation;
    private final Connections connections;
    private final TenantPauses pauses;
    private final Rounds rounds;
    private final LeaseProperties properties;
    private final Clock clock;
    private final Pace pace;

    Endings(
            RevocationStore store,
            Revocation revocation,
            Connections connections,
            TenantPauses pauses,
            Rounds rounds,
            LeaseProperties properties,
            Clock clock) {
        this.store = store;
        this.revocation = revocation;
        this.connections = connections;
        this.pauses = pauses;
        this.rounds = rounds;
        this.properties = properties;
        this.clock = clock;
        this.pace = new Pace(properties.renewalsPerMinute(), clock);
    }

    /** One round. */
    void run() {
        Instant now = clock.instant();
        store.expire(now, PAGE);
        store.forget(now.minus(properties.historyKept()), PAGE);
        // for as long as a token is good that was handed out just before
        store.retire(now, properties.renewalMargin(), PAGE);
        Map<ConnectionId, List<Revoking>> due = new HashMap<>();
        for (ConnectionId id : store.connectionsDue(now)) {
            int most = connections
                    .find(id)
                    .filter(this::isOpen)
                    .map(open -> pace.left(id))
                    .orElse(0);
            List<Revoking> some = most > 0 ? store.due(id, now, most) : List.of();
            pace.take(id, some.size());
            due.put(id, some);
        }
        rounds.inBackground(due, revocation::end);
    }

    private boolean isOpen(Connection connection) {
        return pauses.left(connection.host()).compareTo(Duration.ZERO) <= 0;
    }
}
