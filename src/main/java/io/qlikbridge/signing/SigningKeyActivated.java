package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;

/** A signing key took the place of the active one. Published inside the transaction that activates it. */
public record SigningKeyActivated(ConnectionId connection, String kid) {}
