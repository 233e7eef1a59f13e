package io.qlikbridge.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How credentials are leased.
 *
 * @param renewalMargin a held key with less left than this is not handed out
 * @param claimDeadline an unfinished issue may be taken over after this; longer than one call to a tenant may take
 * @param renewAt share of the lifetime after which a key in use is renewed, above 0 and below 1; a sixteenth of that earlier at
 *     most, at random
 * @param idlePeriod a key that was not used since its last renewal is renewed all the same if it was used within this
 * @param renewalsPerMinute how many keys of one connection are renewed in a minute at most
 * @param orphanSweep how often keys are looked for that a tenant may have made late
 * @param orphanWatch how long such a key is looked for
 * @param installationSweep how often the keys of each user with a lease are compared with the leases; 60 times {@code orphan-sweep} if not
 *     set
 * @param refusedFor how long a subject that the tenant refused is not asked for again; 0 for not at all
 * @param historyKept how long a lease that has ended is listed
 */
@ConfigurationProperties("bridge.lease")
public record LeaseProperties(
        @DefaultValue("PT2M") Duration renewalMargin,
        @DefaultValue("PT30S") Duration claimDeadline,
        @DefaultValue("0.8") double renewAt,
        @DefaultValue("PT0S") Duration idlePeriod,
        @DefaultValue("300") int renewalsPerMinute,
        @DefaultValue("PT1M") Duration orphanSweep,
        @DefaultValue("PT1H") Duration orphanWatch,
        @Nullable Duration installationSweep,
        @DefaultValue("PT5S") Duration refusedFor,
        @DefaultValue("P30D") Duration historyKept) {

    private static final int SWEEPS_TO_INSTALLATION_SWEEP = 60;

    public LeaseProperties {
        if (renewalMargin.isNegative() || !claimDeadline.isPositive() || renewAt <= 0 || renewAt >= 1) {
            throw new IllegalArgumentException(
                    "bridge.lease: renewal-margin is not negative, claim-deadline is longer than nothing, renew-at is between 0 and 1");
        }
        if (idlePeriod.isNegative() || refusedFor.isNegative() || historyKept.isNegative() || renewalsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "bridge.lease: idle-period, refused-for and history-kept are not negative, and renewals-per-minute is at least 1");
        }
        if (!orphanSweep.isPositive()
                || !orphanWatch.isPositive()
                || (installationSweep != null && !installationSweep.isPositive())) {
            throw new IllegalArgumentException(
                    "bridge.lease: orphan-sweep, orphan-watch and installation-sweep are longer than nothing");
        }
    }

    /** How often a user with a lease is looked at for keys that no lease knows. */
    public Duration effectiveInstallationSweep() {
        return installationSweep == null ? orphanSweep.multipliedBy(SWEEPS_TO_INSTALLATION_SWEEP) : installationSweep;
    }
}
