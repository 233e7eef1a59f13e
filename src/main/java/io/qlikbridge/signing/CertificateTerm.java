package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Until when the tenant can trust a signing key.
 *
 * @param id of the key
 * @param notAfter the last instant at which the certificate is valid
 */
public record CertificateTerm(UUID id, ConnectionId connection, String kid, KeyState state, Instant notAfter)
        implements ExpiringCertificate {

    private static final String ROTATE = "stage another key, give its certificate to a second identity provider at the"
            + " tenant, test it and activate it.";

    public static CertificateTerm of(SigningKey key) {
        return new CertificateTerm(key.id(), key.connection(), key.kid(), key.state(), key.notAfter());
    }

    @Override
    public Map<String, String> labels() {
        return Map.of("connection", connection.value(), "kid", kid);
    }

    @Override
    public Optional<String> warning(Instant now) {
        return CertificateAlarm.at(left(now)).map(alarm -> about() + " " + end(now) + ". " + advice(alarm));
    }

    private String about() {
        return "The certificate of the " + state.slug() + " signing key " + kid + " of the connection " + connection;
    }

    private String advice(CertificateAlarm alarm) {
        if (state != KeyState.ACTIVE) {
            return "Activate another one in its place, or delete it and stage a new one.";
        }
        return switch (alarm) {
            case SOON -> "Plan its rotation: " + ROTATE;
            case NEAR -> "Rotate it now: " + ROTATE;
            case URGENT -> "Rotate it at once, or the tenant may refuse every sign-in from then on: " + ROTATE;
            case ENDED -> "The tenant may refuse every sign-in. Rotate it at once: " + ROTATE;
        };
    }
}
