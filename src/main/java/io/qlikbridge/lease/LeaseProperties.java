package io.qlikbridge.lease;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How credentials are leased.
 *
 * @param renewalMargin a held key with less left than this is not handed out
 * @param claimDeadline after this an unfinished issue may be taken over
 * @param renewAt share of the lifetime after which a key in use is due for renewal; above 0, below 1
 */
@ConfigurationProperties("bridge.lease")
record LeaseProperties(
        @DefaultValue("PT2M") Duration renewalMargin,
        @DefaultValue("PT30S") Duration claimDeadline,
        @DefaultValue("0.8") double renewAt) {

    LeaseProperties {
        if (renewalMargin.isNegative() || !claimDeadline.isPositive() || renewAt <= 0 || renewAt >= 1) {
            throw new IllegalArgumentException(
                    "bridge.lease: renewal-margin is not negative, claim-deadline is longer than nothing, renew-at is between 0 and 1");
        }
    }
}
