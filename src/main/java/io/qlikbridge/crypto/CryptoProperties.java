package io.qlikbridge.crypto;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs.
 *
 * @param provider {@code auto}: Amazon's Corretto where it loads, else the JDK. {@code jdk}: Corretto is not tried. {@code corretto}: the
 *     start is refused where it does not load
 */
@ConfigurationProperties("bridge.signing")
record CryptoProperties(@DefaultValue("auto") Wanted provider) {

    enum Wanted {
        AUTO,
        JDK,
        CORRETTO
    }
}
