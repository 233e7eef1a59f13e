package io.qlikbridge.sitesimulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A site's clock: another one, and by how much the site's is wrong. */
final class SkewedClock extends Clock {

    private final Clock right;
    private final SiteSettings settings;

    SkewedClock(Clock right, SiteSettings settings) {
        this.right = right;
        this.settings = settings;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(settings.clockSkew);
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(right.withZone(zone), settings);
    }
}
