package io.qlikbridge.consolecredentials;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.leaseadmin.LeaseView;
import io.qlikbridge.tenant.Deployments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes rows of leases, each with what its deployment says it is. */
@Component
@ConditionalOnConsole
class CredentialRows {

    private final Connections connections;
    private final Deployments deployments;

    CredentialRows(Connections connections, Deployments deployments) {
        this.connections = connections;
        this.deployments = deployments;
    }

    CredentialRow of(LeaseView lease) {
        return of(List.of(lease)).getFirst();
    }

    /** Each connection of theirs is read once. */
    List<CredentialRow> of(List<LeaseView> leases) {
        Map<ConnectionId, Optional<Connection>> read = new HashMap<>();
        return leases.stream()
                .map(lease -> row(lease, read.computeIfAbsent(lease.connection(), connections::find)))
                .toList();
    }

    private CredentialRow row(LeaseView lease, Optional<Connection> connection) {
        String id = lease.qlikKeyId();
        return CredentialRow.of(
                lease,
                id == null
                        ? null
                        : connection
                                .map(known -> deployments.of(known).kindOf(id))
                                .orElse(null));
    }
}
