package io.qlikbridge.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a connection test found.
 *
 * @param detail what was found
 * @param remedy what to change; for failed steps
 * @param durationMs how long the step took
 */
public record CheckResult(
        String name, Status status, String detail, @Nullable String remedy, long durationMs) {

    /** The same, having taken so long. */
    CheckResult after(Duration duration) {
        return new CheckResult(name, status, detail, remedy, duration.toMillis());
    }

    /** How a step ended. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED;

        @JsonValue
        String slug() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
