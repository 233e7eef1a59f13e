package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;

/** A signing key was deleted. Published inside the transaction that deletes it. */
public record SigningKeyDeleted(ConnectionId connection, String kid) {}
