package io.qlikbridge.cloudsettings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * After what time a tenant ends a session however much it is used: its {@code maxUserSessionLifespanMinutes}, which is whole hours, one to
 * 168 of them (contract, section 3). Kept as it was written, as a duration of ISO 8601.
 */
public record SessionLifespan(@JsonValue String iso) {

    private static final String FORM = "is whole hours as an ISO 8601 duration, from PT1H to PT168H";

    @JsonCreator
    public SessionLifespan {
        Duration lifespan = parse(iso);
        if (lifespan.toHours() < 1
                || lifespan.toHours() > 168
                || !Duration.ofHours(lifespan.toHours()).equals(lifespan)) {
            throw new InvalidValue(FORM);
        }
    }

    public Duration duration() {
        return Duration.parse(iso);
    }

    private static Duration parse(String iso) {
        try {
            return Duration.parse(iso);
        } catch (DateTimeException | ArithmeticException notADuration) {
            throw new InvalidValue(FORM);
        }
    }

    @Override
    public String toString() {
        return iso;
    }
}
