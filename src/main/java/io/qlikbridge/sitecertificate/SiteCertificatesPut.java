package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * A connection got certificates, in the place of others or for the first time. Published inside the transaction that keeps
 * them.
 *
 * @param client and {@code root}: their thumbprints
 */
public record SiteCertificatesPut(
        ConnectionId connection, @Nullable String client, String root) {}
