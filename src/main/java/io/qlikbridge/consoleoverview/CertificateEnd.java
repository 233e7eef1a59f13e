package io.qlikbridge.consoleoverview;

import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.expiry.ExpiringCertificate;
import io.qlikbridge.signing.CertificateTerm;
import io.qlikbridge.signing.KeyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a certificate of a connection ends.
 *
 * @param name of the signing key it is of, or what a site's certificate is for
 * @param ofKey whether it is of a signing key
 * @param active whether something depends on it now, which is not so of a key that is staged
 * @param end such as {@code ends in 12 days, on 2027-01-31}
 * @param alarm {@code null} while it is far
 */
record CertificateEnd(
        String name,
        boolean ofKey,
        boolean active,
        String end,
        @Nullable CertificateAlarm alarm) {

    static CertificateEnd of(ExpiringCertificate certificate, Instant now) {
        CertificateAlarm alarm = CertificateAlarm.at(certificate.left(now)).orElse(null);
        String end = certificate.end(now);
        if (certificate instanceof CertificateTerm key) {
            return new CertificateEnd(key.kid(), true, key.state() == KeyState.ACTIVE, end, alarm);
        }
        return new CertificateEnd(certificate.labels().getOrDefault("certificate", ""), false, true, end, alarm);
    }

    public String tone() {
        if (alarm == null) {
            return "ok";
        }
        return switch (alarm) {
            case SOON, NEAR -> "warn";
            case URGENT, ENDED -> active ? "bad" : "warn";
        };
    }
}
