package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a connection were deleted. Published inside the transaction that deletes them.
 *
 * @param client and {@code root}: their thumbprints
 */
public record SiteCertificatesDeleted(
        ConnectionId connection, @Nullable String client, String root) {}
