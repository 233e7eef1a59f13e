package io.qlikbridge.sitecertificateadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.sitecertificate.SiteCertificatesView;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
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

    private final SiteCertificateAdmin certificates;

    SiteCertificateController(SiteCertificateAdmin certificates) {
        this.certificates = certificates;
    }

    @PutMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    SiteCertificatesView put(@PathVariable ConnectionId connection, HttpServletRequest request)
            throws IOException, ServletException {
        return certificates.put(connection, request, Set.of());
    }

    @GetMapping
    SiteCertificatesView get(@PathVariable ConnectionId connection) {
        return certificates.get(connection);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection) {
        certificates.delete(connection);
    }
}
