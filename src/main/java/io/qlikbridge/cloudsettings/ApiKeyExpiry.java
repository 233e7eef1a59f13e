package io.qlikbridge.cloudsettings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How long an issued API key lasts, kept as it was written ({@code P30D}, {@code PT12H}) because the tenant and the admin
 * both read it so. Whole days, hours, minutes and seconds of ISO 8601, in capitals and without signs; longer than nothing.
 */
public record ApiKeyExpiry(@JsonValue String iso) {

    // nine digits: no sum of them leaves the range of a Duration
    private static final Pattern FORM =
            Pattern.compile("P(?=.)([0-9]{1,9}D)?(T(?=.)([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?");

    @JsonCreator
    public ApiKeyExpiry {
        if (!FORM.matcher(iso).matches()) {
            throw new InvalidValue(
                    "An expiry is an ISO 8601 duration of whole days, hours, minutes and seconds, such as P30D or PT12H");
        }
        if (!Duration.parse(iso).isPositive()) {
            throw new InvalidValue("An expiry is longer than nothing");
        }
    }

    public Duration duration() {
        return Duration.parse(iso);
    }

    /** The shorter of the two. */
    public ApiKeyExpiry atMost(ApiKeyExpiry maximum) {
        return duration().compareTo(maximum.duration()) > 0 ? maximum : this;
    }

    @Override
    public String toString() {
        return iso;
    }
}
