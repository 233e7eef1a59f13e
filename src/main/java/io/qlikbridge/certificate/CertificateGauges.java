package io.qlikbridge.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.qlikbridge.signing.CertificateStore;
import io.qlikbridge.signing.CertificateTerm;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The days that the certificates of active and staged keys have left, as the metric {@code bridge.signing.certificate.days};
 * negative when one has ended. Every replica shows all of them: it looks each minute for keys that came, went or changed,
 * and reckons the days when it is asked.
 */
@Component
class CertificateGauges implements DisposableBean {

    static final String NAME = "bridge.signing.certificate.days";

    private static final Logger log = LoggerFactory.getLogger(CertificateGauges.class);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final CertificateStore store;
    private final Clock clock;
    private final MultiGauge gauges;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("certificate-gauges").factory());
    private List<CertificateTerm> shown = List.of();

    CertificateGauges(CertificateStore store, MeterRegistry registry, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.gauges = MultiGauge.builder(NAME)
                .description("Days until the certificate of a signing key ends")
                .register(registry);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::tryRefresh, 0, 1, TimeUnit.MINUTES);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    synchronized void refresh() {
        List<CertificateTerm> terms = store.terms();
        if (terms.equals(shown)) {
            return;
        }
        // replacing even those of known names: a key may have been deleted, and another given its id
        gauges.register(terms.stream().map(this::row).toList(), true);
        shown = terms;
    }

    private void tryRefresh() {
        try {
            refresh();
        } catch (RuntimeException later) {
            // what is shown stays true; that the database is away, others say loudly enough
            log.debug("The certificates could not be looked at", later);
        }
    }

    private MultiGauge.Row<CertificateTerm> row(CertificateTerm term) {
        Tags tags = Tags.of("connection", term.connection().value(), "kid", term.kid());
        return MultiGauge.Row.of(tags, term, it -> it.left(clock.instant()).toSeconds() / SECONDS_A_DAY);
    }
}
