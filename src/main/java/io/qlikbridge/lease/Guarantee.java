package io.qlikbridge.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * How long somebody was told that a lease lasts. It is written down a little longer than was said, so that those who ask
 * for the same at the same time do not all have to write.
 */
public final class Guarantee {

    private static final Duration WRITTEN_LONGER = Duration.ofMinutes(1);

    private Guarantee() {}

    /** What is written down for a validity from now on. */
    public static Instant until(Instant now, Duration validity) {
        return now.plus(validity).plus(WRITTEN_LONGER);
    }

    /** Whether it is written down already. */
    public static boolean stands(Lease lease, Instant now, Duration validity) {
        Instant until = lease.promisedUntil();
        return until != null && !until.isBefore(now.plus(validity));
    }
}
