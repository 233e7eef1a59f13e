package io.qlikbridge.failure;

import io.qlikbridge.problem.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says in what form a value is expected. Never repeats the value that was sent: it may be a secret in a wrong place. */
@Component
class ValueHints {

    private final JsonMapper json;

    ValueHints(JsonMapper json) {
        this.json = json;
    }

    /**
     * What to change about a value.
     *
     * @param type what it should have become
     * @param failure may be caused by an {@link InvalidValue}, which says itself what is wrong
     */
    String wrong(@Nullable Class<?> type, Throwable failure) {
        Class<?> wanted = type == null ? wanted(failure) : type;
        if (wanted != null && wanted.isEnum()) {
            return "is one of: " + allowed(wanted);
        }
        InvalidValue refusal = ExceptionTranslator.causeOf(failure, InvalidValue.class);
        if (refusal != null) {
            return String.valueOf(refusal.getMessage());
        }
        return wanted == null ? "has the wrong form" : "is " + form(wanted);
    }

    /** What to send where nothing was sent. */
    String missing(@Nullable Class<?> type) {
        return type == null ? "is missing" : "is missing; it is " + form(type);
    }

    private static @Nullable Class<?> wanted(Throwable failure) {
        TypeMismatchException mismatch = ExceptionTranslator.causeOf(failure, TypeMismatchException.class);
        return mismatch == null ? null : mismatch.getRequiredType();
    }

    private String allowed(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> json.convertValue(constant, String.class))
                .collect(Collectors.joining(", "));
    }

    private static String form(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type == Instant.class) {
            return "an instant in UTC (ISO 8601), such as 2026-01-02T03:04:05Z";
        }
        if (type == Duration.class) {
            return "a duration (ISO 8601), such as PT2H";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isRecord() && type.getRecordComponents().length > 1 || Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        return "a text";
    }
}
