package io.qlikbridge.issuing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.UUID;

/**
 * A lease came into use. Published inside the transaction that makes it active.
 *
 * @param renewed whether it took the place of another before anybody had to wait for it
 */
public record LeaseIssued(
        UUID lease,
        ConnectionId connection,
        Username user,
        String subject,
        String qlikKeyId,
        Instant expiresAt,
        boolean renewed) {}
