package io.qlikbridge.connection;

/** Settings or signing keys of a connection changed: what the tenant refused before, it may grant now. */
public record ConnectionChanged(ConnectionId connection) {}
