package io.qlikbridge.leasecensus;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;

/**
 * How often a tenant gave no lease lately.
 *
 * @param latest when it did so last
 */
public record FailedIssues(ConnectionId connection, long count, Instant latest) {}
