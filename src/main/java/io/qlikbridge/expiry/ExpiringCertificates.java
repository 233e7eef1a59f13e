package io.qlikbridge.expiry;

import java.time.Instant;
import java.util.List;

/** Keeps certificates of one sort, and what was told about their end. Whoever keeps some has a bean of it. */
public interface ExpiringCertificates<C extends ExpiringCertificate> {

    /** The name of the metric that shows the days they have left. */
    String metric();

    /** What the metric is, for those who read it. */
    String description();

    /** Those that something depends on. */
    List<C> terms();

    /** Remembers that the alarm is raised, and says whether it was not before: {@code true} for one caller alone. */
    boolean raise(C certificate, CertificateAlarm alarm, Instant now);
}
