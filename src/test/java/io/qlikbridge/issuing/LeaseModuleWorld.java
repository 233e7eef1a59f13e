package io.qlikbridge.issuing;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUserStore;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/** Connections and users for {@link LeaseModuleTest}, and what becomes of their leases. */
public class LeaseModuleWorld {

    private static final AppQuery ALL = new AppQuery(null, null, null, null, null, null);

    private final TenantAccess access;
    private final FakeDeployment deployment;
    private final ConnectionStore connections;
    private final LocalUserStore users;
    private final Subjects subjects;
    private final JdbcClient jdbc;

    LeaseModuleWorld(
            TenantAccess access,
            FakeDeployment deployment,
            ConnectionStore connections,
            LocalUserStore users,
            Subjects subjects,
            JdbcClient jdbc) {
        this.access = access;
        this.deployment = deployment;
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.jdbc = jdbc;
    }

    /** A connection that nobody else uses. */
    public Connection connection() {
        return connections
                .put(TestConnections.fake(
                        new ConnectionId("c" + UUID.randomUUID().toString().substring(0, 8))))
                .connection();
    }

    /** A user of its own. */
    public Subject subject(Connection connection) {
        LocalUser user = new LocalUser(
                UUID.randomUUID(), new Username("ada-" + connection.id()), "Ada", null, false, List.of(), true);
        users.add(new MappedUser(user, Map.of(), Instant.EPOCH, Instant.EPOCH));
        return subjects.of(connection, user);
    }

    /** The name of the one app that the subject sees. */
    public String apps(Connection connection, Subject subject) {
        return access.using(connection, subject, caller -> deployment.apps(connection, caller, ALL))
                .items()
                .getFirst()
                .name();
    }

    /** Has this thread act as the subject's user, until {@link #signOut}. */
    public void signIn(Subject subject) {
        Username username = subject.user().username();
        SecurityContextHolder.getContext()
                .setAuthentication(new CallerToken(new Caller.Person(
                        username,
                        new Identity("https://issuer.example.org", username.value()),
                        Set.of(Scope.TOKENS, Scope.APPS),
                        new Profile(null, null, false, List.of()),
                        AllowedConnections.EVERYWHERE,
                        null)));
    }

    public void signOut() {
        SecurityContextHolder.clearContext();
    }

    /** The states of a connection's leases. */
    public List<String> states(Connection connection) {
        return jdbc.sql("select cast(state as text) from lease where connection_id = ?")
                .param(connection.id().value())
                .query(String.class)
                .list();
    }
}
