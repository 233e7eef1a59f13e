package io.qlikbridge.sitecall;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How client-managed Qlik Sense sites are called.
 *
 * @param signInTimeout how long a site may take to open a session: a proxy that was idle is slow at first
 */
@ConfigurationProperties("bridge.sense")
record SenseProperties(@DefaultValue("PT60S") Duration signInTimeout) {

    SenseProperties {
        if (!signInTimeout.isPositive()) {
            throw new IllegalArgumentException("bridge.sense: sign-in-timeout is longer than nothing");
        }
    }
}
