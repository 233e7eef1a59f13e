package io.qlikbridge.auditlog;

import java.time.Instant;

/**
 * How often requests about a connection were refused lately.
 *
 * @param connection as the requests named it; there may be no such connection
 * @param latest when that was written down last
 */
public record RecentRefusals(String connection, long count, Instant latest) {}
