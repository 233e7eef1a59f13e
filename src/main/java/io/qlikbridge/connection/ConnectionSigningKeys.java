package io.qlikbridge.connection;

import java.util.Optional;

/** The signing key a connection signs with now. Implemented by the module that holds the keys. */
public interface ConnectionSigningKeys {

    Optional<SigningKeyView> active(ConnectionId connection);
}
