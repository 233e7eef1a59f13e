package io.qlikbridge.check;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The connection tests that admins ask for. */
@Component
public class RequestedChecks {

    private final Connections connections;
    private final LocalUsers users;
    private final Subjects subjects;
    private final ConnectionCheck test;
    private final LastChecks last;
    private final ApplicationEventPublisher events;

    RequestedChecks(
            Connections connections,
            LocalUsers users,
            Subjects subjects,
            ConnectionCheck test,
            LastChecks last,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.test = test;
        this.last = last;
        this.events = events;
    }

    /**
     * Begins one, of which no step is taken yet. Nothing is told of a test that does not come to its end.
     *
     * @param user whom to try it with; the steps that need somebody are skipped without one
     * @param kid the signing key to try it with, in any state; {@code null} for the active one
     * @throws io.qlikbridge.problem.BridgeException for what cannot be tried: {@code connection-not-found}, {@code user-not-found}, {@code
     *     signing-key-not-found}, {@code subject-not-mapped}, {@code user-disabled}
     */
    public RunningCheck begin(ConnectionId id, @Nullable Username user, @Nullable String kid) {
        Connection connection = connections.of(id);
        Subject subject = user == null ? null : subjects.of(connection, users.of(user));
        Username whom = subject == null ? null : subject.user().username();
        return test.begin(connection, subject, kid, report -> {
            if (kid == null) {
                last.remember(id, whom, report);
            }
            events.publishEvent(ConnectionTested.of(id, whom, report));
        });
    }
}
