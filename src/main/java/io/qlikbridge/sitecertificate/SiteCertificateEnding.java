package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;

/**
 * A certificate of a connection came near its end: 60, 30 or 7 days, or it ended. Published once for each of these, in the
 * transaction that remembers it.
 *
 * @param certificate {@code client} or {@code root}
 * @param daysLeft whole days, rounded down; negative when it has ended
 */
public record SiteCertificateEnding(
        ConnectionId connection, String certificate, String thumbprint, Instant notAfter, long daysLeft) {}
