package io.qlikbridge.received;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads instants as tenants write them. A page of apps holds some two hundred. */
public final class Instants {

    /** {@code 2026-01-02T03:04:05}, which a fraction and the zone follow. */
    private static final String FORM = "0000-00-00T00:00:00";

    private static final int DIGITS_OF_NANOS = 9;
    private static final int SECONDS_OF_A_DAY = 86_400;

    private Instants() {}

    /** {@code null} for what is not an ISO 8601 date and time with its zone. */
    public static @Nullable Instant parse(String text) {
        try {
            Instant utc = utc(text);
            return utc != null ? utc : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /**
     * Whether these bytes are an instant in the very form that {@link Instant#toString} has. Seldom it says no of one that is,
     * such as the end of February.
     */
    static boolean isPrinted(byte[] bytes, int from, int to) {
        int length = to - from;
        int digits = length - FORM.length() - 2;
        if (length != FORM.length() + 1 && digits != 3 && digits != 6 && digits != 9 || bytes[to - 1] != 'Z') {
            return false;
        }
        for (int at = 0; at < FORM.length(); at++) {
            char wanted = FORM.charAt(at);
            if (wanted == '0' ? !isDigit((char) bytes[from + at]) : wanted != bytes[from + at]) {
                return false;
            }
        }
        return (digits < 0 || isPrintedFraction(bytes, from + FORM.length(), to - 1))
                && isDay(number(bytes, from + 5), number(bytes, from + 8))
                && number(bytes, from + 11) < 24
                && number(bytes, from + 14) < 60
                && number(bytes, from + 17) < 60;
    }

    /** Three digits more are written only where they say something. */
    private static boolean isPrintedFraction(byte[] bytes, int from, int to) {
        if (bytes[from] != '.') {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            if (!isDigit((char) bytes[at])) {
                return false;
            }
        }
        return bytes[to - 1] != '0' || bytes[to - 2] != '0' || bytes[to - 3] != '0';
    }

    /** Of a month of any year. */
    private static boolean isDay(int month, int day) {
        int most = month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return month >= 1 && month <= 12 && day >= 1 && day <= most;
    }

    /** Of two digits. */
    private static int number(byte[] bytes, int from) {
        return (bytes[from] - '0') * 10 + bytes[from + 1] - '0';
    }

    /** What ends with {@code Z}, as nearly all do, without the formatter of Java, which takes twenty times as long. */
    private static @Nullable Instant utc(String text) {
        int end = text.length() - 1;
        if (end < FORM.length() || end > FORM.length() + 1 + DIGITS_OF_NANOS || text.charAt(end) != 'Z') {
            return null;
        }
        for (int at = 0; at < FORM.length(); at++) {
            char wanted = FORM.charAt(at);
            if (wanted == '0' ? !isDigit(text.charAt(at)) : wanted != text.charAt(at)) {
                return null;
            }
        }
        int nanos = nanos(text, end);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (nanos < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(day * SECONDS_OF_A_DAY + hour * 3_600L + minute * 60L + second, nanos);
    }

    /** Negative when it is no fraction. */
    private static int nanos(String text, int end) {
        int start = FORM.length();
        if (start == end) {
            return 0;
        }
        if (text.charAt(start) != '.' || start + 1 == end) {
            return -1;
        }
        int nanos = 0;
        for (int at = start + 1; at <= start + DIGITS_OF_NANOS; at++) {
            char digit = at < end ? text.charAt(at) : '0';
            if (!isDigit(digit)) {
                return -1;
            }
            nanos = nanos * 10 + digit - '0';
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
