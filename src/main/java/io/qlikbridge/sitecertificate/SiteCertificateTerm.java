package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Until when a certificate of a site is good.
 *
 * @param set the id of the certificates it was uploaded with
 */
record SiteCertificateTerm(
        UUID set, ConnectionId connection, SiteCertificateRole role, String thumbprint, Instant notAfter)
        implements ExpiringCertificate {

    @Override
    public Map<String, String> labels() {
        return Map.of("connection", connection.value(), "certificate", role.slug());
    }

    @Override
    public Optional<String> warning(Instant now) {
        return CertificateAlarm.at(left(now))
                .map(alarm -> "The " + role.slug() + " certificate of the connection " + connection + " " + end(now)
                        + ". " + advice(alarm));
    }

    private String advice(CertificateAlarm alarm) {
        String lost = role == SiteCertificateRole.CLIENT
                ? "the site refuses every call"
                : "the bridge takes none of the site's servers for real";
        String renew = "have the site make its certificates anew, export them in the QMC with the secret key, and send"
                + " them with PUT /api/v1/connections/" + connection + "/certificates.";
        return switch (alarm) {
            case SOON -> "Plan its renewal: " + renew;
            case NEAR -> "Renew it now: " + renew;
            case URGENT -> "Renew it at once, or " + lost + " from then on: " + renew;
            case ENDED -> "Since then " + lost + ". Renew it at once: " + renew;
        };
    }
}
