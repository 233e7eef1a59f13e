package io.qlikbridge.front;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event loop before Tomcat.
 *
 * @param enabled whether callers reach it; if not, Tomcat takes {@code server.port} itself, and all is the same but slower
 * @param warmUp how long a start may rehearse reads before the port is open, so that the first callers find them compiled; {@code PT0S} to
 *     {@code PT10S}
 */
@ConfigurationProperties("bridge.front")
record FrontProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("PT1S") Duration warmUp) {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    FrontProperties {
        if (warmUp.isNegative() || warmUp.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("bridge.front.warm-up is PT0S to " + LONGEST);
        }
    }
}
