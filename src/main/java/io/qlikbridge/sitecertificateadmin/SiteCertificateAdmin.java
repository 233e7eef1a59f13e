package io.qlikbridge.sitecertificateadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sitecertificate.CertificateView;
import io.qlikbridge.sitecertificate.SiteCertificates;
import io.qlikbridge.sitecertificate.SiteCertificatesView;
import io.qlikbridge.sitecertificate.SiteKind;
import io.qlikbridge.sitefile.SiteFiles;
import io.qlikbridge.sitefile.SiteUpload;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What admins do with a connection's certificates, whichever way they come. */
@Component
public class SiteCertificateAdmin {

    private static final Logger log = LoggerFactory.getLogger(SiteCertificateAdmin.class);

    private final Connections connections;
    private final SiteCertificates certificates;
    private final ObjectProvider<SiteKind> kinds;
    private final Clock clock;

    SiteCertificateAdmin(
            Connections connections, SiteCertificates certificates, ObjectProvider<SiteKind> kinds, Clock clock) {
        this.connections = connections;
        this.certificates = certificates;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** Whether a connection has certificates by its type. */
    public boolean has(Connection connection) {
        return kind(connection).isPresent();
    }

    /** Whether the root alone is not enough, since the bridge signs in with a client certificate. */
    public boolean needsClient(Connection connection) {
        return kind(connection).filter(kind -> kind.needsClient(connection)).isPresent();
    }

    /**
     * Keeps the files of a form, {@code multipart/form-data}, in the place of the present ones.
     *
     * @param beside fields that the form may have beside them
     */
    public SiteCertificatesView put(ConnectionId connection, HttpServletRequest request, Set<String> beside)
            throws IOException, ServletException {
        Connection site = connections.of(connection);
        SiteUpload upload = SiteUploadForm.read(request, kindOf(site).needsClient(site), beside);
        try {
            SiteCertificatesView kept = certificates.put(connection, SiteFiles.read(upload, clock.instant()));
            CertificateView client = kept.client();
            log.info(
                    "Certificates of connection {} put: client {}, root {}",
                    connection,
                    client == null ? "none" : client.thumbprint(),
                    kept.root().thumbprint());
            return kept;
        } finally {
            upload.wipe();
        }
    }

    /** @throws BridgeException {@code certificates-missing}; {@code not-found} where the connection has none by its type */
    public SiteCertificatesView get(ConnectionId connection) {
        kindOf(connections.of(connection));
        return find(connection).orElseThrow(() -> missing(connection));
    }

    /** Those of a connection; empty when it has none. */
    public Optional<SiteCertificatesView> find(ConnectionId connection) {
        return certificates.view(connection);
    }

    /** A sentence for each that comes near its end. */
    public List<String> warnings(ConnectionId connection) {
        return certificates.warnings(connection);
    }

    /** @throws BridgeException as {@link #get} does */
    public void delete(ConnectionId connection) {
        kindOf(connections.of(connection));
        if (!certificates.delete(connection)) {
            throw missing(connection);
        }
        log.info("Certificates of connection {} deleted", connection);
    }

    private Optional<SiteKind> kind(Connection connection) {
        return kinds.orderedStream().filter(kind -> kind.isSite(connection)).findFirst();
    }

    private SiteKind kindOf(Connection connection) {
        return kind(connection)
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.NOT_FOUND,
                        "The connection " + connection.id() + " is of the type " + connection.type()
                                + ", which has no certificates: those of the type qlik-sense have."));
    }

    private static BridgeException missing(ConnectionId connection) {
        return new BridgeException(
                ProblemCode.CERTIFICATES_MISSING,
                "The connection " + connection + " has no certificates yet. Send those that the site exports with PUT"
                        + " /api/v1/connections/" + connection + "/certificates.");
    }
}
