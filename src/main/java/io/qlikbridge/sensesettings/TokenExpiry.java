package io.qlikbridge.sensesettings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;

/** How long a token lasts that is handed out, kept as it was written: 1 minute to 24 hours, as a duration of ISO 8601. */
public record TokenExpiry(@JsonValue String iso) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    @JsonCreator
    public TokenExpiry {
        Duration expiry;
        try {
            expiry = Duration.parse(iso);
        } catch (DateTimeException notDuration) {
            throw new InvalidValue("is a duration of ISO 8601, such as PT1H");
        }
        if (expiry.compareTo(SHORTEST) < 0 || expiry.compareTo(LONGEST) > 0) {
            throw new InvalidValue("is 1 minute to 24 hours: PT1M to PT24H");
        }
    }

    public Duration duration() {
        return Duration.parse(iso);
    }

    @Override
    public String toString() {
        return iso;
    }
}
