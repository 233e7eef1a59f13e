package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Username;

/**
 * A lease that is to be ended at its tenant.
 *
 * @param attempts how often that was tried in vain
 */
record Revoking(ConnectionId connection, Username username, int attempts, Lease lease) {

    Owner owner() {
        return new Owner(connection, lease.host(), lease.subject(), username);
    }
}
