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
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The setups of tenants that admins ask for. */
@Component
public class RequestedSetups {

    private final Connections connections;
    private final Deployments deployments;
    private final LocalUsers users;
    private final Subjects subjects;
    private final ConnectionSetup setups;
    private final ApplicationEventPublisher events;

    RequestedSetups(
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

    /** Whether the bridge sets up what a connection leads to. */
    public boolean isOffered(Connection connection) {
        return deployments.of(connection).setup().isPresent();
    }

    /**
     * Takes the steps, or on a dry run only looks.
     *
     * @param sent by the names of the REST API: {@code authorization}, which nobody keeps, {@code kid}, {@code user}, {@code dryRun}
     * @throws BridgeException {@code invalid-request} with all that is wrong, of which no value is repeated; or for what cannot be tried
     */
    public SetupReport run(ConnectionId id, Map<String, JsonNode> sent) {
        Connection connection = connections.of(id);
        TenantSetup setup = deployments.of(connection).setup().orElseThrow(() -> notOfThisKind(connection));
        SetupWish wish = SetupWish.read(setup, sent);
        Subject subject = wish.user() == null ? null : subjects.of(connection, users.of(wish.user()));
        SetupReport report = setups.run(connection, setup, wish, subject);
        events.publishEvent(TenantSetUp.of(id, wish, report));
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
