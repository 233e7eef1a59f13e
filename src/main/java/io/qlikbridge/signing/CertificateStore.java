package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what was told, and found out, about the certificates of signing keys. */
@Component
public class CertificateStore implements ExpiringCertificates<CertificateTerm> {

    private final SigningKeyRepository rows;
    private final ApplicationEventPublisher events;

    CertificateStore(SigningKeyRepository rows, ApplicationEventPublisher events) {
        this.rows = rows;
        this.events = events;
    }

    @Override
    public String metric() {
        return "bridge.signing.certificate.days";
    }

    @Override
    public String description() {
        return "Days until the certificate of a signing key ends";
    }

    /** Those of all active and staged keys. */
    @Override
    @Transactional(readOnly = true)
    public List<CertificateTerm> terms() {
        return rows.findNotInState(KeyState.RETIRED.name()).stream()
                .map(row -> CertificateTerm.of(row.key()))
                .toList();
    }

    @Override
    @Transactional
    public boolean raise(CertificateTerm term, CertificateAlarm alarm, Instant now) {
        boolean first = rows.warn(term.id(), alarm.days(), KeyState.RETIRED.name()) == 1;
        if (first) {
            events.publishEvent(
                    new CertificateEnding(term.connection(), term.kid(), term.notAfter(), term.daysLeft(now)));
        }
        return first;
    }

    /** Remembers that the tenant accepted what the key signed; of no effect when the key is gone. */
    @Transactional
    void accepted(ConnectionId connection, String kid, Instant now) {
        rows.accept(connection.value(), kid, now);
    }

    @Transactional(readOnly = true)
    public Optional<Instant> acceptedAt(SigningKey key) {
        return rows.findById(key.id()).map(SigningKeyRow::acceptedAt);
    }
}
