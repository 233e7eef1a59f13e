package io.qlikbridge.subject;

import java.util.UUID;

/** The credentials issued to a user. Implemented by the module that leases them. */
public interface UserLeases {

    /** Ends all of the user's credentials: none is used from now on, and the tenant is told. */
    void revoke(UUID user);
}
