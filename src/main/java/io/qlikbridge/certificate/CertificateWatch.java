package io.qlikbridge.certificate;

import io.qlikbridge.signing.CertificateAlarm;
import io.qlikbridge.signing.CertificateStore;
import io.qlikbridge.signing.CertificateTerm;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Warns in the log of certificates that end: once for each alarm of a key, over all replicas and restarts. */
@Component
class CertificateWatch {

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    private final CertificateStore store;
    private final Clock clock;

    CertificateWatch(CertificateStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void look() {
        Instant now = clock.instant();
        for (CertificateTerm term : store.terms()) {
            boolean raised = CertificateAlarm.at(term.left(now))
                    .filter(alarm -> store.raise(term, alarm, now))
                    .isPresent();
            if (raised) {
                term.warning(now).ifPresent(log::warn);
            }
        }
    }
}
