package io.qlikbridge.sitecertificate;

import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what was told about the end of sites' certificates. */
@Component
class SiteCertificateTermStore implements ExpiringCertificates<SiteCertificateTerm> {

    private final SiteCertificateRepository rows;
    private final ApplicationEventPublisher events;

    SiteCertificateTermStore(SiteCertificateRepository rows, ApplicationEventPublisher events) {
        this.rows = rows;
        this.events = events;
    }

    @Override
    public String metric() {
        return "bridge.site.certificate.days";
    }

    @Override
    public String description() {
        return "Days until a certificate of a client-managed site ends";
    }

    /** Those of all connections. */
    @Override
    @Transactional(readOnly = true)
    public List<SiteCertificateTerm> terms() {
        return rows.findInOrder().stream()
                .flatMap(row -> row.certificates().terms().stream())
                .toList();
    }

    @Override
    @Transactional
    public boolean raise(SiteCertificateTerm term, CertificateAlarm alarm, Instant now) {
        boolean first = warn(term, alarm.days()) == 1;
        if (first) {
            events.publishEvent(new SiteCertificateEnding(
                    term.connection(), term.role().slug(), term.thumbprint(), term.notAfter(), term.daysLeft(now)));
        }
        return first;
    }

    private int warn(SiteCertificateTerm term, int days) {
        return switch (term.role()) {
            case CLIENT -> rows.warnOfClient(term.set(), days);
            case ROOT -> rows.warnOfRoot(term.set(), days);
        };
    }
}
