package io.qlikbridge.consoleoverview;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.expiry.ExpiringCertificate;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Knows when the certificates of connections end, whoever keeps them. */
@Component
@ConditionalOnConsole
class CertificateEnds {

    private final List<ExpiringCertificates<?>> keepers;

    CertificateEnds(List<ExpiringCertificates<?>> keepers) {
        this.keepers = keepers;
    }

    /** All of them, by the connection's id; found with one look at each keeper. */
    Map<String, List<CertificateEnd>> byConnection(Instant now) {
        Map<String, List<CertificateEnd>> ends = new TreeMap<>();
        for (ExpiringCertificates<?> keeper : keepers) {
            for (ExpiringCertificate certificate : keeper.terms()) {
                String connection = certificate.labels().get("connection");
                if (connection != null) {
                    ends.computeIfAbsent(connection, id -> new ArrayList<>()).add(CertificateEnd.of(certificate, now));
                }
            }
        }
        return ends;
    }
}
