package io.qlikbridge.auditlog;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event has to say to the audit; who did it, and when, is added by {@link AuditLog}.
 *
 * @param details more about it, by the names of JSON properties; never a secret
 */
public record AuditEntry(
        Action action,
        @Nullable ConnectionId connection,
        @Nullable Username user,
        Outcome outcome,
        Map<String, Object> details) {

    public static AuditEntry of(Action action) {
        return new AuditEntry(action, null, null, Outcome.SUCCESS, Map.of());
    }

    public AuditEntry on(@Nullable ConnectionId where) {
        return new AuditEntry(action, where, user, outcome, details);
    }

    public AuditEntry about(@Nullable Username whom) {
        return new AuditEntry(action, connection, whom, outcome, details);
    }

    /** The same with one more detail; without it where there is no value. */
    public AuditEntry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AuditEntry(action, connection, user, outcome, more);
    }

    public AuditEntry failed() {
        return new AuditEntry(action, connection, user, Outcome.FAILURE, details);
    }

    public AuditEntry failed(ProblemCode code) {
        return failed().with("code", code.slug());
    }
}
