package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;

/**
 * A signing key was uploaded or generated. Published inside the transaction that adds it.
 *
 * @param state {@code active} for the first of its connection, else {@code staged}
 */
public record SigningKeyAdded(ConnectionId connection, String kid, String state) {}
