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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administration of a connection's certificates. */
@RestController
@RequestMapping("/api/v1/connections/{connection}/certificates")
class SiteCertificateController {

    private static final Logger log = LoggerFactory.getLogger(SiteCertificateController.class);

    private final Connections connections;
    private final SiteCertificates certificates;
    private final ObjectProvider<SiteKind> kinds;
    private final Clock clock;

    SiteCertificateController(
            Connections connections, SiteCertificates certificates, ObjectProvider<SiteKind> kinds, Clock clock) {
        this.connections = connections;
        this.certificates = certificates;
        this.kinds = kinds;
        this.clock = clock;
    }

    @PutMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    SiteCertificatesView put(@PathVariable ConnectionId connection, HttpServletRequest request)
            throws IOException, ServletException {
        Connection site = connections.of(connection);
        SiteUpload upload = SiteUploadForm.read(request, kindOf(site).needsClient(site));
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

    @GetMapping
    SiteCertificatesView get(@PathVariable ConnectionId connection) {
        kindOf(connections.of(connection));
        return certificates.view(connection).orElseThrow(() -> missing(connection));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection) {
        kindOf(connections.of(connection));
        if (!certificates.delete(connection)) {
            throw missing(connection);
        }
        log.info("Certificates of connection {} deleted", connection);
    }

    /** Who knows of the connection's certificates, or {@code not-found} where it has none by its type. */
    private SiteKind kindOf(Connection connection) {
        return kinds.orderedStream()
                .filter(kind -> kind.isSite(connection))
                .findFirst()
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
