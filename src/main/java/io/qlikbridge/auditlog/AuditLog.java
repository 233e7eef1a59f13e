package io.qlikbridge.auditlog;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what was done, by whoever makes the present request. */
@Component
public class AuditLog {

    /** The actor of what nobody asked for just then. */
    public static final String BRIDGE = "bridge";

    private final AuditStore store;
    private final Callers callers;
    private final JsonMapper json;
    private final Clock clock;

    /** One for all, so that of two rows of one millisecond the later has the greater id. */
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    public AuditLog(AuditStore store, Callers callers, JsonMapper json, Clock clock) {
        this.store = store;
        this.callers = callers;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Adds a row, inside the transaction of the act where there is one.
     *
     * @throws IllegalStateException when that is not possible; the act must not be done then
     */
    public void write(AuditEntry entry) {
        write(entry, actor());
    }

    /** The same, by somebody else than who makes the present request. */
    public void write(AuditEntry entry, String actor) {
        ConnectionId connection = entry.connection();
        Username user = entry.user();
        AuditEvent event = new AuditEvent(
                ids.generate(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor,
                entry.action().value(),
                connection == null ? null : connection.value(),
                user == null ? null : user.value(),
                entry.outcome().slug(),
                RequestId.current(),
                json.valueToTree(entry.details()));
        try {
            store.add(event);
        } catch (DataAccessException refused) {
            // in a form of its own: nobody takes it for a fault of the act's data, and tries again
            throw new IllegalStateException("The audit does not take " + event.action(), refused);
        }
    }

    /**
     * Adds a row for each user that an import has just added or changed, inside its transaction.
     *
     * @throws IllegalStateException when that is not possible; the import must not be done then
     */
    public void writeImported() {
        try {
            store.addImported(clock.instant().truncatedTo(ChronoUnit.MICROS), actor(), RequestId.current());
        } catch (DataAccessException refused) {
            throw new IllegalStateException("The audit does not take the users of an import", refused);
        }
    }

    /** Who makes the present request, as it stands in a row. */
    public String actor() {
        return callers.present().map(AuditLog::name).orElse(BRIDGE);
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> "user:" + person.name();
            case Caller.Client client -> "client:" + client.name();
        };
    }
}
