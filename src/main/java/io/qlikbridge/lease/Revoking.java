package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;

/** A lease that is to be ended at its tenant. */
record Revoking(ConnectionId connection, Lease lease) {}
