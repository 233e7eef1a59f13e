package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.util.UUID;

/**
 * A lease was taken out of use, or its key at the tenant came to its end.
 *
 * @param state {@code REVOKING} when it was taken out of use and the tenant has still to be told; {@code REVOKED} when the
 *     tenant agreed
 * @param reason why, in a few words of ours
 */
public record LeaseEnded(UUID lease, ConnectionId connection, Username user, LeaseState state, String reason) {}
