package io.qlikbridge.console;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The console in the browser, at {@code /console/}.
 *
 * @param enabled whether there is one
 * @param secretSignIn whether clients with {@code bridge.admin} sign in to it with their secret; if not set, only while no issuer has a
 *     {@code console-client-id}
 * @param idleTimeout a session without a request for so long ends
 * @param sessionLifetime a session ends after so long, whatever is done in it
 */
@ConfigurationProperties("bridge.console")
public record ConsoleProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Boolean secretSignIn,
        @DefaultValue("PT30M") Duration idleTimeout,
        @DefaultValue("PT10H") Duration sessionLifetime) {

    private static final Duration LEAST = Duration.ofMinutes(1);

    public ConsoleProperties {
        requireLeast("idle-timeout", idleTimeout);
        requireLeast("session-lifetime", sessionLifetime);
    }

    private static void requireLeast(String name, Duration value) {
        if (value.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("bridge.console." + name + " is " + LEAST + " at least, such as PT30M");
        }
    }
}
