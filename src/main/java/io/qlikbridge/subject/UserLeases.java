package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import java.util.Collection;
import java.util.UUID;

/** The credentials issued to users. Implemented by the module that leases them. */
public interface UserLeases {

    /** Ends all of the user's credentials: none is used from now on, and the tenant is told. */
    void revoke(UUID user);

    /**
     * Takes all leases of these users out of use at once, inside the caller's transaction; the tenant is told in the
     * background.
     */
    void end(Collection<UUID> users);

    /** Takes those leases of these users out of use, like {@link #end}, whose subject is no longer their user's. */
    void endFormer(Collection<UUID> users);

    /** Tells of each credential that is in use for a subject, the oldest first. */
    void held(Held told);

    /** Takes who holds a credential. */
    @FunctionalInterface
    interface Held {

        void by(ConnectionId connection, UUID user, String subject);
    }
}
