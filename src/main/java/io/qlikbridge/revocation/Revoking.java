package io.qlikbridge.revocation;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.username.Username;

/**
 * A lease that is to be ended at its tenant.
 *
 * @param attempts how often that was tried in vain
 */
public record Revoking(ConnectionId connection, Username username, int attempts, Lease lease) {

    LeaseOwner owner() {
        return new LeaseOwner(connection, lease.host(), lease.subject(), username);
    }
}
