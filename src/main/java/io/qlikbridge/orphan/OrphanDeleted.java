package io.qlikbridge.orphan;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;

/** A key of this installation that no lease knows was found at the tenant, and deleted there. */
public record OrphanDeleted(ConnectionId connection, Username user, String subject, String qlikKeyId) {}
