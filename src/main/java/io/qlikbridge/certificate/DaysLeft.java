package io.qlikbridge.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.qlikbridge.expiry.ExpiringCertificate;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The days that the certificates of one keeper have left, as a metric. */
class DaysLeft<C extends ExpiringCertificate> {

    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final ExpiringCertificates<C> keeper;
    private final Clock clock;
    private final MultiGauge gauges;
    private List<C> shown = List.of();

    DaysLeft(ExpiringCertificates<C> keeper, MeterRegistry registry, Clock clock) {
        this.keeper = keeper;
        this.clock = clock;
        this.gauges = MultiGauge.builder(keeper.metric())
                .description(keeper.description())
                .register(registry);
    }

    /** Looks for certificates that came, went or changed. */
    synchronized void refresh() {
        List<C> terms = keeper.terms();
        if (terms.equals(shown)) {
            return;
        }
        // replacing even those of known names: one may have been deleted, and another given its name
        gauges.register(terms.stream().map(this::row).toList(), true);
        shown = terms;
    }

    private MultiGauge.Row<C> row(C certificate) {
        Tags labels = Tags.of(certificate.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
        return MultiGauge.Row.of(
                labels, certificate, it -> it.left(clock.instant()).toSeconds() / SECONDS_A_DAY);
    }
}
