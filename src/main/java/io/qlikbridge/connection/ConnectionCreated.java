package io.qlikbridge.connection;

/** A connection was made. Published inside the transaction that makes it. */
public record ConnectionCreated(ConnectionId connection) {}
