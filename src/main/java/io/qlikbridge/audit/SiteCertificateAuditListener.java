package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.sitecertificate.SiteCertificateEnding;
import io.qlikbridge.sitecertificate.SiteCertificatesDeleted;
import io.qlikbridge.sitecertificate.SiteCertificatesPut;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what is done to the certificates of sites. Listens in the transaction of the act, so both are done or neither. */
@Component
class SiteCertificateAuditListener {

    private final AuditLog trail;

    SiteCertificateAuditListener(AuditLog trail) {
        this.trail = trail;
    }

    @EventListener
    void on(SiteCertificatesPut event) {
        trail.write(AuditEntry.of(Action.CERTIFICATES_PUT)
                .on(event.connection())
                .with("client", event.client())
                .with("root", event.root()));
    }

    @EventListener
    void on(SiteCertificatesDeleted event) {
        trail.write(AuditEntry.of(Action.CERTIFICATES_DELETE)
                .on(event.connection())
                .with("client", event.client())
                .with("root", event.root()));
    }

    @EventListener
    void on(SiteCertificateEnding event) {
        trail.write(AuditEntry.of(Action.CERTIFICATES_ENDING)
                .on(event.connection())
                .with("certificate", event.certificate())
                .with("thumbprint", event.thumbprint())
                .with("notAfter", event.notAfter()));
    }
}
