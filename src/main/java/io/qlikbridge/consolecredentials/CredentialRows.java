package io.qlikbridge.consolecredentials;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.leaseadmin.LeaseView;
import io.qlikbridge.tenant.Deployments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
        return CredentialRow.of(lease, kind(lease));
    }

    private @Nullable String kind(LeaseView lease) {
        String id = lease.qlikKeyId();
        if (id == null) {
            return null;
        }
        Optional<Connection> connection = connections.find(lease.connection());
        return connection.map(known -> deployments.of(known).kindOf(id)).orElse(null);
    }
}
