package io.qlikbridge.sitecertificate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a connection, as the REST API shows them.
 *
 * @param client {@code null} where the root alone was uploaded
 * @param updatedAt when they were uploaded
 */
public record SiteCertificatesView(@Nullable CertificateView client, CertificateView root, Instant updatedAt) {}
