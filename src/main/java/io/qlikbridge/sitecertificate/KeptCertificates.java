package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a connection as they are kept, the private key sealed.
 *
 * @param id of this upload
 * @param client the client's chain; empty where the root alone was uploaded
 * @param pkcs8 the client's private key, sealed for {@link #place()}; {@code null} without client
 * @param createdAt when the connection got its first ones
 * @param updatedAt when it got these
 */
record KeptCertificates(
        UUID id,
        ConnectionId connection,
        X509Certificate root,
        List<X509Certificate> client,
        @Nullable Sealed pkcs8,
        Instant createdAt,
        Instant updatedAt) {

    KeptCertificates {
        client = List.copyOf(client);
    }

    static Place place(UUID id, ConnectionId connection, @Nullable String clientThumbprint) {
        return SealedSiteKeys.TABLE.place(id, connection, clientThumbprint);
    }

    Place place() {
        return place(id, connection, clientThumbprint());
    }

    @Nullable
    String clientThumbprint() {
        return client.isEmpty() ? null : CertificateText.thumbprint(client.getFirst());
    }

    String rootThumbprint() {
        return CertificateText.thumbprint(root);
    }

    KeptCertificates createdAt(Instant time) {
        return new KeptCertificates(id, connection, root, client, pkcs8, time, updatedAt);
    }

    SiteCertificatesView view() {
        return new SiteCertificatesView(
                client.isEmpty() ? null : CertificateView.of(client.getFirst()), CertificateView.of(root), updatedAt);
    }

    List<SiteCertificateTerm> terms() {
        return Stream.concat(
                        client.stream().limit(1).map(one -> term(SiteCertificateRole.CLIENT, one)),
                        Stream.of(term(SiteCertificateRole.ROOT, root)))
                .toList();
    }

    private SiteCertificateTerm term(SiteCertificateRole role, X509Certificate certificate) {
        return new SiteCertificateTerm(
                id,
                connection,
                role,
                CertificateText.thumbprint(certificate),
                certificate.getNotAfter().toInstant());
    }
}
