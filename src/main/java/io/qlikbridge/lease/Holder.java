package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Subject;
import java.net.URI;
import java.util.UUID;

/**
 * For whom a lease is: a user of a connection, being one subject at one host. A user who becomes another subject, or whose
 * connection moves to another host, is another holder.
 */
record Holder(ConnectionId connection, URI host, UUID user, String subject) {

    static Holder of(Connection connection, Subject subject) {
        return new Holder(connection.id(), connection.host(), subject.user().id(), subject.value());
    }

    boolean holds(Lease lease) {
        return lease.subject().equals(subject) && lease.host().equals(host);
    }

    /** What replicas call a change of this user's leases by. */
    String channel() {
        return connection.value() + "/" + user;
    }
}
