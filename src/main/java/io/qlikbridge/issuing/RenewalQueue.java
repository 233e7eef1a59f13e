package io.qlikbridge.issuing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseOwner;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The leases in use that are due for renewal. */
public interface RenewalQueue {

    /** The connections that have some. */
    List<ConnectionId> connectionsDue(Instant now, Instant usedSince);

    /** Some of a connection's, those that expire first in front. */
    List<Due> due(ConnectionId connection, Instant now, Instant usedSince, int limit);

    /** Puts one off. */
    void notYet(UUID lease, Instant next);

    /**
     * A lease that is due.
     *
     * @param attempts how often its renewal was tried in vain
     */
    record Due(UUID lease, UUID user, LeaseOwner owner, Instant expiresAt, int attempts) {}
}
