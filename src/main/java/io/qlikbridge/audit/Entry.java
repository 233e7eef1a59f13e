package io.qlikbridge.audit;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Username;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event has to say to the audit; who did it, and when, is added by {@link Trail}.
 *
 * @param details more about it, by the names of JSON properties; never a secret
 */
record Entry(
        Action action,
        @Nullable ConnectionId connection,
        @Nullable Username user,
        Outcome outcome,
        Map<String, Object> details) {

    static Entry of(Action action) {
        return new Entry(action, null, null, Outcome.SUCCESS, Map.of());
    }

    Entry on(@Nullable ConnectionId where) {
        return new Entry(action, where, user, outcome, details);
    }

    Entry about(@Nullable Username whom) {
        return new Entry(action, connection, whom, outcome, details);
    }

    /** The same with one more detail; without it where there is no value. */
    Entry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Entry(action, connection, user, outcome, more);
    }

    Entry failed() {
        return new Entry(action, connection, user, Outcome.FAILURE, details);
    }

    Entry failed(ProblemCode code) {
        return failed().with("code", code.slug());
    }
}
