package io.qlikbridge.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.expiry.ExpiringCertificates;
import java.time.Clock;
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
 * The days that certificates have left, as a metric of each sort, such as {@code bridge.signing.certificate.days}; negative
 * when one has ended. Every replica shows all of them: it looks each minute for those that came, went or changed, and
 * reckons the days when it is asked.
 */
@Component
class CertificateGauges implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(CertificateGauges.class);

    private final List<DaysLeft<?>> sorts;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("certificate-gauges").factory());

    CertificateGauges(List<ExpiringCertificates<?>> keepers, MeterRegistry registry, Clock clock) {
        this.sorts = keepers.stream()
                .<DaysLeft<?>>map(keeper -> new DaysLeft<>(keeper, registry, clock))
                .toList();
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::tryRefresh, 0, 1, TimeUnit.MINUTES);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    void refresh() {
        sorts.forEach(DaysLeft::refresh);
    }

    private void tryRefresh() {
        try {
            refresh();
        } catch (RuntimeException later) {
            // what is shown stays true; that the database is away, others say loudly enough
            log.debug("The certificates could not be looked at", later);
        }
    }
}
