package io.qlikbridge.observation;

import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured of requests: by us, and once. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /**
     * Keeps Spring's own meters of requests out where somebody observes them for a trace: two with other labels under one name
     * cannot both be shown.
     */
    @Bean
    static MeterFilter ownMeterOfRequestsAlone() {
        return MeterFilter.deny(
                id -> id.getName().startsWith(RequestMeters.NAME) && id.getTag(RequestMeters.CODE) == null);
    }
}
