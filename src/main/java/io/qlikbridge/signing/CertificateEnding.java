package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;

/**
 * The certificate of an active or staged signing key came near its end: 60, 30 or 7 days, or it ended. Published once for
 * each of these, in the transaction that remembers it.
 *
 * @param daysLeft whole days, rounded down; negative when it has ended
 */
public record CertificateEnding(ConnectionId connection, String kid, Instant notAfter, long daysLeft) {}
