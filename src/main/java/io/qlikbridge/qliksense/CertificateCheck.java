package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.sitecertificate.CertificateView;
import io.qlikbridge.sitecertificate.SiteCertificateSet;
import io.qlikbridge.sitecertificate.SiteCertificates;
import io.qlikbridge.sitecertificate.UnusableSiteKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The step of a connection test that looks at the certificates which the bridge signs in with. */
@Component
class CertificateCheck {

    private static final String STEP = "certificates";

    private static final String REMEDY =
            "Export the site's certificates in the QMC with their secret key, and upload them"
                    + " under certificates of the connection.";

    private final SiteCertificates certificates;
    private final Clock clock;

    CertificateCheck(SiteCertificates certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    ProbeStep step(Connection connection) {
        return new ProbeStep(STEP, Set.of(), () -> look(connection));
    }

    private static void open(SiteCertificateSet set) {
        try {
            set.keyManagers();
        } catch (UnusableSiteKey unusable) {
            throw ProbeOutcome.failed(unusable.detail(), unusable.remedy());
        }
    }

    private String look(Connection connection) {
        SiteCertificateSet set = certificates
                .of(connection.id())
                .filter(SiteCertificateSet::hasClient)
                .orElseThrow(
                        () -> ProbeOutcome.failed("The connection has no certificates to sign in with yet.", REMEDY));
        CertificateView client = set.view().client();
        CertificateView root = set.view().root();
        if (client == null) {
            throw ProbeOutcome.failed("The connection has no client certificate.", REMEDY);
        }
        Instant now = clock.instant();
        for (CertificateView one : new CertificateView[] {client, root}) {
            if (one.notAfter().isBefore(now)) {
                throw ProbeOutcome.failed(
                        "The certificate " + one.subject() + " ended at " + one.notAfter() + ".", REMEDY);
            }
        }
        open(set);
        long days = Duration.between(now, client.notAfter()).toDays();
        return "The client certificate " + client.subject() + " of " + client.issuer() + " lasts " + days
                + " more days.";
    }
}
