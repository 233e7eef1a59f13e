package io.qlikbridge.auditlog;

import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see: those that fit all that is asked for. Texts are compared exactly.
 *
 * @param actor such as {@code client:nightly-report}
 * @param action such as {@code token.hand-out}
 * @param from the first instant
 * @param to the first instant that is not meant any more
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String user,
        @Nullable String connection,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** The filter itself, or {@code invalid-request} for what no event could have. */
    public AuditFilter checked() {
        Violations violations = new Violations();
        requirePlain(actor, "actor", violations);
        requirePlain(user, "user", violations);
        requirePlain(connection, "connection", violations);
        violations.require(
                action == null || Action.of(action).isPresent(),
                "action",
                "is one of " + Arrays.stream(Action.values()).map(Action::value).collect(Collectors.joining(", ")));
        violations.require(from == null || to == null || from.isBefore(to), "to", "is not before the beginning");
        violations.throwIfAny();
        return this;
    }

    /** The texts that are asked for, by column. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        putIfAsked(texts, "actor", actor);
        putIfAsked(texts, "action", action);
        putIfAsked(texts, "username", user);
        putIfAsked(texts, "connection", connection);
        return texts;
    }

    private static void putIfAsked(Map<String, String> texts, String column, @Nullable String value) {
        if (value != null) {
            texts.put(column, value);
        }
    }

    private static void requirePlain(@Nullable String value, String name, Violations violations) {
        violations.require(value == null || PlainText.isPlain(value), name, "has no control characters");
    }
}
