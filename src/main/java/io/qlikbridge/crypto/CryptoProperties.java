package io.qlikbridge.crypto;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs.
 *
 * @param provider {@code auto}: Corretto where it loads, else the JDK. {@code corretto}: the start is refused where it does
 *     not load. {@code jdk}: Corretto is not tried.
 */
@ConfigurationProperties("bridge.signing")
record CryptoProperties(@DefaultValue("auto") Wanted provider) {

    enum Wanted {
        AUTO,
        JDK,
        CORRETTO
    }
}
