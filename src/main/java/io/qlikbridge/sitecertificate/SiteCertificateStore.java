package io.qlikbridge.sitecertificate;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionChanged;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the certificates of sites, one set for each connection. */
@Component
class SiteCertificateStore {

    private final SiteCertificateRepository rows;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    SiteCertificateStore(SiteCertificateRepository rows, ApplicationEventPublisher events, ChangeFeed changes) {
        this.rows = rows;
        this.events = events;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    public Optional<KeptCertificates> find(ConnectionId connection) {
        return rows.find(connection.value()).map(SiteCertificateRow::certificates);
    }

    /** Puts them in the place of the connection's present ones, if there are some, whose time of creation stays. */
    @Transactional
    public KeptCertificates put(KeptCertificates certificates) {
        ConnectionId connection = certificates.connection();
        lock(connection);
        Optional<KeptCertificates> before = find(connection);
        before.ifPresent(one -> rows.deleteLocked(one.id()));
        KeptCertificates kept =
                before.map(one -> certificates.createdAt(one.createdAt())).orElse(certificates);
        rows.saveAndFlush(new SiteCertificateRow(kept));
        events.publishEvent(new SiteCertificatesPut(connection, kept.clientThumbprint(), kept.rootThumbprint()));
        tellOfChange(connection);
        return kept;
    }

    /** @return those that were there; empty when there were none */
    @Transactional
    public Optional<KeptCertificates> delete(ConnectionId connection) {
        lock(connection);
        Optional<KeptCertificates> present = find(connection);
        present.ifPresent(one -> {
            rows.deleteLocked(one.id());
            events.publishEvent(new SiteCertificatesDeleted(connection, one.clientThumbprint(), one.rootThumbprint()));
            tellOfChange(connection);
        });
        return present;
    }

    private void tellOfChange(ConnectionId connection) {
        events.publishEvent(new ConnectionChanged(connection));
        changes.changed(new Change.OfConnection(connection.value()));
    }

    private void lock(ConnectionId connection) {
        if (rows.lock(connection.value()).isEmpty()) {
            throw new BridgeException(
                    ProblemCode.CONNECTION_NOT_FOUND, "The connection " + connection + " was deleted meanwhile.");
        }
    }
}
