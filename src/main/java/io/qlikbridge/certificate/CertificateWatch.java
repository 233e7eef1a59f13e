package io.qlikbridge.certificate;

import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificate;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Warns in the log of certificates that end: once for each alarm of a certificate, over all replicas and restarts. */
@Component
class CertificateWatch {

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    private final List<ExpiringCertificates<?>> keepers;
    private final Clock clock;

    CertificateWatch(List<ExpiringCertificates<?>> keepers, Clock clock) {
        this.keepers = keepers;
        this.clock = clock;
    }

    void look() {
        Instant now = clock.instant();
        keepers.forEach(keeper -> look(keeper, now));
    }

    private static <C extends ExpiringCertificate> void look(ExpiringCertificates<C> keeper, Instant now) {
        for (C certificate : keeper.terms()) {
            boolean raised = CertificateAlarm.at(certificate.left(now))
                    .filter(alarm -> keeper.raise(certificate, alarm, now))
                    .isPresent();
            if (raised) {
                certificate.warning(now).ifPresent(log::warn);
            }
        }
    }
}
