package io.qlikbridge.keyadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.signing.CertificateStore;
import io.qlikbridge.signing.CertificateTerm;
import io.qlikbridge.signing.KeyState;
import io.qlikbridge.signing.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What speaks against activating a key. It is activated all the same: the admin may have no better one. */
@Component
class ActivationWarnings {

    private final CertificateStore certificates;
    private final Clock clock;

    ActivationWarnings(CertificateStore certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /** @param key as it was before; an active one stays what it is, so nothing speaks against it */
    List<String> of(Connection connection, SigningKey key) {
        if (key.state() == KeyState.ACTIVE) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        Instant now = clock.instant();
        CertificateTerm.of(key.in(KeyState.ACTIVE)).warning(now).ifPresent(warnings::add);
        if (key.state() == KeyState.STAGED && !wasAccepted(connection, key)) {
            warnings.add("No connection test has shown yet that the tenant accepts the signing key " + key.kid()
                    + " for the connection " + connection.id() + " as it is now. Test the connection with a user, and"
                    + " activate the key before this one again if the step assertion fails.");
        }
        return warnings;
    }

    /** Whether the tenant has accepted what the key signed, for the connection as it is now. */
    boolean wasAccepted(Connection connection, SigningKey key) {
        return certificates
                .acceptedAt(key)
                .filter(at -> !at.isBefore(connection.updatedAt()))
                .isPresent();
    }
}
