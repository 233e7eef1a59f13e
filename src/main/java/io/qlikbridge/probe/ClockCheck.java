package io.qlikbridge.probe;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The step of a connection test that compares clocks, by the {@code Date} of an answer (RFC 9110, section 6.6.1). */
@Component
public class ClockCheck {

    /** The header has whole seconds, and the call took time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Clock clock;

    public ClockCheck(Clock clock) {
        this.clock = clock;
    }

    /**
     * Says by how much the clocks differ.
     *
     * @param answer the headers of an answer that came just now
     * @param behind by how much the tenant's clock may be behind the bridge's
     * @param ahead by how much it may be ahead
     * @param remedy what to change when it is more
     * @throws ProbeOutcome failed when it is more, skipped when the tenant does not say what its clock shows
     */
    public String compare(HttpHeaders answer, Duration behind, Duration ahead, String remedy) {
        Duration difference = Duration.between(clock.instant(), date(answer));
        String seconds = difference.abs().toSeconds() + " seconds";
        if (difference.negated().compareTo(behind.plus(TOLERANCE)) > 0 || difference.compareTo(ahead) > 0) {
            throw ProbeOutcome.failed(
                    "The tenant's clock is " + seconds + (difference.isNegative() ? " behind" : " ahead of")
                            + " the bridge's.",
                    remedy);
        }
        return "The clocks differ by " + seconds + ".";
    }

    private static Instant date(HttpHeaders answer) {
        String date = answer.getFirst(HttpHeaders.DATE);
        if (date == null) {
            throw ProbeOutcome.skipped("The tenant does not say what its clock shows.");
        }
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            throw ProbeOutcome.skipped("The tenant does not say what its clock shows.");
        }
    }
}
