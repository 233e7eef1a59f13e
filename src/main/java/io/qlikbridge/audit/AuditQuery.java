package io.qlikbridge.audit;

import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events an admin asks for; bound from the query parameters of the same names. Each is compared exactly.
 *
 * @param actor such as {@code client:nightly-report}
 * @param action such as {@code token.hand-out}
 */
record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String user,
        @Nullable String connection) {

    /** The query itself, or {@code invalid-request} for what no event could have. */
    AuditQuery checked() {
        Violations violations = new Violations();
        requirePlain(actor, "actor", violations);
        requirePlain(user, "user", violations);
        requirePlain(connection, "connection", violations);
        violations.require(
                action == null || Action.of(action).isPresent(),
                "action",
                "is one of " + Arrays.stream(Action.values()).map(Action::value).collect(Collectors.joining(", ")));
        violations.throwIfAny();
        return this;
    }

    /** What is asked for, by column. */
    Map<String, String> filters() {
        Map<String, String> filters = new LinkedHashMap<>();
        putIfAsked(filters, "actor", actor);
        putIfAsked(filters, "action", action);
        putIfAsked(filters, "username", user);
        putIfAsked(filters, "connection", connection);
        return filters;
    }

    private static void putIfAsked(Map<String, String> filters, String column, @Nullable String value) {
        if (value != null) {
            filters.put(column, value);
        }
    }

    private static void requirePlain(@Nullable String value, String name, Violations violations) {
        violations.require(value == null || PlainText.isPlain(value), name, "has no control characters");
    }
}
