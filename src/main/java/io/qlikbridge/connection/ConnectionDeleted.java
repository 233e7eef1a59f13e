package io.qlikbridge.connection;

/** A connection was deleted with its keys and mappings. Published inside the transaction that deletes it. */
public record ConnectionDeleted(ConnectionId connection) {}
