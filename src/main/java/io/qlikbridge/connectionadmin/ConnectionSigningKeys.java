package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.ConnectionId;
import java.util.Collection;
import java.util.Map;

/** The signing keys of connections, as far as an admin of connections is told. Implemented by the module that holds them. */
public interface ConnectionSigningKeys {

    /** Of each of these connections that has a key, found with one look. */
    Map<ConnectionId, SigningKeysInUse> inUse(Collection<ConnectionId> connections);
}
