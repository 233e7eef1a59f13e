package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what was told, and found out, about the certificates of signing keys. */
@Component
public class CertificateStore {

    private final SigningKeyRepository rows;
    private final ApplicationEventPublisher events;

    CertificateStore(SigningKeyRepository rows, ApplicationEventPublisher events) {
        this.rows = rows;
        this.events = events;
    }

    /** Those of all active and staged keys. */
    @Transactional(readOnly = true)
    public List<CertificateTerm> terms() {
        return rows.findNotInState(KeyState.RETIRED.name()).stream()
                .map(row -> CertificateTerm.of(row.key()))
                .toList();
    }

    /** Remembers that the key's alarm is raised, and says whether it was not before: {@code true} for one caller alone. */
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
