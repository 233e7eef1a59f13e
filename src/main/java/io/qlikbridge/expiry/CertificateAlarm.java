package io.qlikbridge.expiry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How near its end a certificate is, mildest first. The log tells of each once for a certificate. */
public enum CertificateAlarm {
    SOON(60),
    NEAR(30),
    URGENT(7),
    ENDED(0);

    private static final List<CertificateAlarm> NEAREST_FIRST = List.of(URGENT, NEAR, SOON);

    private final int days;

    CertificateAlarm(int days) {
        this.days = days;
    }

    /** The one that fits a certificate with so much time left; none with more than 60 days. */
    public static Optional<CertificateAlarm> at(Duration left) {
        if (left.isNegative()) {
            return Optional.of(ENDED);
        }
        return NEAREST_FIRST.stream()
                .filter(alarm -> left.compareTo(Duration.ofDays(alarm.days)) <= 0)
                .findFirst();
    }

    /** The most days left that raise it; fewer with each alarm. */
    public int days() {
        return days;
    }
}
