package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * How long an issued API key lasts, kept as it was written ({@code P30D}, {@code PT12H}) because the tenant and the admin
 * both read it so. Days, hours, minutes and seconds of ISO 8601; longer than nothing.
 */
public record ApiKeyExpiry(@JsonValue String iso) {

    @JsonCreator
    public ApiKeyExpiry {
        if (!parse(iso).isPositive()) {
            throw new IllegalArgumentException("An expiry is longer than nothing");
        }
    }

    public Duration duration() {
        return parse(iso);
    }

    /** The shorter of the two. */
    public ApiKeyExpiry atMost(ApiKeyExpiry maximum) {
        return duration().compareTo(maximum.duration()) > 0 ? maximum : this;
    }

    @Override
    public String toString() {
        return iso;
    }

    private static Duration parse(String iso) {
        try {
            return Duration.parse(iso);
        } catch (DateTimeParseException notADuration) {
            throw new IllegalArgumentException(
                    "An expiry is an ISO 8601 duration of days or less, such as P30D or PT12H");
        }
    }
}
