package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.setup.TenantSetup;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.Deployments;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sets the tenant of a connection up, for admins. */
@RestController
class SetupController {

    private final Connections connections;
    private final Deployments deployments;
    private final LocalUsers users;
    private final Subjects subjects;
    private final ConnectionSetup setups;
    private final ApplicationEventPublisher events;

    SetupController(
            Connections connections,
            Deployments deployments,
            LocalUsers users,
            Subjects subjects,
            ConnectionSetup setups,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.deployments = deployments;
        this.users = users;
        this.subjects = subjects;
        this.setups = setups;
        this.events = events;
    }

    @PostMapping("/api/v1/connections/{connection}/setup")
    SetupReport setUp(@PathVariable ConnectionId connection, @RequestBody SetupBody body) {
        Connection known = connections.of(connection);
        TenantSetup setup = deployments.of(known).setup().orElseThrow(() -> notOfThisKind(known));
        SetupWish wish = SetupWish.read(setup, body);
        Subject subject = wish.user() == null ? null : subjects.of(known, users.of(wish.user()));
        SetupReport report = setups.run(known, setup, wish, subject);
        events.publishEvent(TenantSetUp.of(connection, wish, report));
        return report;
    }

    private static BridgeException notOfThisKind(Connection connection) {
        return new BridgeException(
                ProblemCode.INVALID_REQUEST,
                "The bridge does not set up what a connection of the type " + connection.type()
                        + " leads to. Set it up by hand, and test the connection with POST /api/v1/connections/"
                        + connection.id() + "/test.");
    }
}
