package io.qlikbridge.leaseadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;

/**
 * Whose leases an admin wants to end: those that fit all that is said.
 *
 * @param user the username; those whose user was deleted have one, too
 * @param client the id of a client, deleted or not: what it was handed
 */
public record RevocationWish(
        @Nullable ConnectionId connection,
        @Nullable Username user,
        @Nullable String client) {

    boolean isEmpty() {
        return connection == null && user == null && client == null;
    }
}
