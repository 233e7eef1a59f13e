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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The connection test, for admins. */
@RestController
class CheckController {

    private final Connections connections;
    private final LocalUsers users;
    private final Subjects subjects;
    private final ConnectionCheck test;
    private final ApplicationEventPublisher events;

    CheckController(
            Connections connections,
            LocalUsers users,
            Subjects subjects,
            ConnectionCheck test,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.test = test;
        this.events = events;
    }

    @PostMapping("/api/v1/connections/{connection}/test")
    CheckReport test(
            @PathVariable ConnectionId connection, @RequestBody(required = false) @Nullable CheckRequest request) {
        Connection known = connections.of(connection);
        Subject subject =
                request == null || request.user() == null ? null : subjects.of(known, users.of(request.user()));
        CheckReport report = test.run(known, subject, request == null ? null : request.kid());
        events.publishEvent(ConnectionTested.of(
                connection, subject == null ? null : subject.user().username(), report));
        return report;
    }

    /**
     * What to test.
     *
     * @param user whom to try it with
     * @param kid the signing key to try it with; the active one unless said
     */
    record CheckRequest(@Nullable Username user, @Nullable String kid) {}
}
