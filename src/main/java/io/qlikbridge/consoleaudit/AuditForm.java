package io.qlikbridge.consoleaudit;

import io.qlikbridge.auditlog.AuditFilter;
import io.qlikbridge.problem.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** What the filters above the list hold, as it was typed; bound from the query parameters of the same names. */
record AuditForm(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String user,
        @Nullable String connection,
        @Nullable String from,
        @Nullable String to) {

    private static final String TIMES = "is a day or a time in UTC, such as 2026-11-30 or 2026-11-30T10:00";

    AuditForm {
        actor = typed(actor);
        action = typed(action);
        user = typed(user);
        connection = typed(connection);
        from = typed(from);
        to = typed(to);
    }

    /** What is asked for; {@code invalid-request} for a time that is none, and for what no event could have. */
    AuditFilter filter() {
        TimeField first = new TimeField(from);
        TimeField last = new TimeField(to);
        Violations violations = new Violations();
        violations.require(first.isReadable(), "from", TIMES);
        violations.require(last.isReadable(), "to", TIMES);
        violations.throwIfAny();
        return new AuditFilter(
                        actor,
                        action,
                        user,
                        connection,
                        first.begins().orElse(null),
                        last.ends().orElse(null))
                .checked();
    }

    boolean isEmpty() {
        return actor == null && action == null && user == null && connection == null && from == null && to == null;
    }

    /** The type of input that can show what was typed. */
    public String fromType() {
        return type(from);
    }

    public String toType() {
        return type(to);
    }

    /** The address of a page of this list, or of its export. */
    String address(String path, @Nullable String after) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        with(address, "actor", actor);
        with(address, "action", action);
        with(address, "user", user);
        with(address, "connection", connection);
        with(address, "from", from);
        with(address, "to", to);
        with(address, "after", after);
        return address.encode().build().toUriString();
    }

    private static void with(UriComponentsBuilder address, String name, @Nullable String value) {
        if (value != null) {
            address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }

    private static String type(@Nullable String typed) {
        return new TimeField(typed).fitsPicker() ? "datetime-local" : "text";
    }

    private static @Nullable String typed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
