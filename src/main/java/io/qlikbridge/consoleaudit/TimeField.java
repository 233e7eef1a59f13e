package io.qlikbridge.consoleaudit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field for a time holds: a day, a minute, a second or a fraction of one, in UTC unless it says otherwise.
 *
 * @param text as it was typed
 */
record TimeField(@Nullable String text) {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MINUTE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)");
    private static final Pattern LOCAL =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)");
    private static final Pattern OFFSET = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:\\d\\d))");

    boolean isEmpty() {
        return text == null;
    }

    boolean isReadable() {
        return isEmpty() || begins().isPresent();
    }

    /** Its first instant. */
    Optional<Instant> begins() {
        return read().map(Span::first);
    }

    /** The first instant behind it: of a day the next day, of a minute the next minute. */
    Optional<Instant> ends() {
        return read().map(Span::next);
    }

    /** Whether a browser's field for a date and time can show the text. */
    boolean fitsPicker() {
        return text == null
                || MINUTE.matcher(text).matches()
                || LOCAL.matcher(text).matches();
    }

    private Optional<Span> read() {
        String typed = text;
        if (typed == null) {
            return Optional.empty();
        }
        try {
            if (DAY.matcher(typed).matches()) {
                return Optional.of(
                        span(LocalDate.parse(typed).atStartOfDay().toInstant(ZoneOffset.UTC), ChronoUnit.DAYS));
            }
            String iso = typed.replace(' ', 'T');
            if (MINUTE.matcher(typed).matches()) {
                return Optional.of(span(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC), ChronoUnit.MINUTES));
            }
            if (LOCAL.matcher(typed).matches()) {
                return Optional.of(span(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC), ChronoUnit.SECONDS));
            }
            return OFFSET.matcher(typed).matches()
                    ? Optional.of(span(OffsetDateTime.parse(iso).toInstant(), ChronoUnit.SECONDS))
                    : Optional.empty();
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static Span span(Instant first, ChronoUnit unit) {
        return new Span(first, first.plus(1, unit));
    }

    private record Span(Instant first, Instant next) {}
}
