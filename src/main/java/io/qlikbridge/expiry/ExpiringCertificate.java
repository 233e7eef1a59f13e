package io.qlikbridge.expiry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** A certificate that something depends on, as far as its end goes. Equal to another that says the same. */
public interface ExpiringCertificate {

    /** The last instant at which it is valid. */
    Instant notAfter();

    /** Which one it is among those of the same keeper, as labels of its metric. */
    Map<String, String> labels();

    /** What an admin is told while the certificate is near its end; empty before. */
    Optional<String> warning(Instant now);

    default Duration left(Instant now) {
        return Duration.between(now, notAfter());
    }

    /** Whole days, rounded down: 0 on the last one, negative when it has ended. */
    default long daysLeft(Instant now) {
        return Math.floorDiv(left(now).toSeconds(), Duration.ofDays(1).toSeconds());
    }

    /** When it ends, such as {@code ends in 12 days, on 2027-01-31}; {@code ended on 2027-01-31} afterwards. */
    default String end(Instant now) {
        LocalDate date = notAfter().atOffset(ZoneOffset.UTC).toLocalDate();
        if (left(now).isNegative()) {
            return "ended on " + date;
        }
        long days = daysLeft(now);
        String rest = days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days";
        return "ends in " + rest + ", on " + date;
    }
}
