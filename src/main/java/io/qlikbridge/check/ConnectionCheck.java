package io.qlikbridge.check;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.paging.Page;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.UserTrial;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Deployments;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes the whole way to a user's app list, as the kind of deployment takes it, and says at each step what it found. What it obtains
 * for the user is the user's lease like any other.
 */
@Component
public class ConnectionCheck {

    /** As many as one reads at a glance. */
    private static final int NAMED_APPS = 10;

    private final Leases leases;
    private final TenantAccess access;
    private final Deployments deployments;

    ConnectionCheck(Leases leases, TenantAccess access, Deployments deployments) {
        this.leases = leases;
        this.access = access;
        this.deployments = deployments;
    }

    /**
     * Tests with the active signing key, or with another, which stays what it is.
     *
     * @param subject whom to try it with; without one the steps that need somebody are skipped
     * @param kid the signing key to try it with, in any state; {@code signing-key-not-found} when there is none of this id
     */
    public CheckReport run(Connection connection, @Nullable Subject subject, @Nullable String kid) {
        return begin(connection, subject, kid, report -> {}).toEnd();
    }

    /**
     * The same, a step at a time.
     *
     * @param ended told of what was found, once the last step was taken
     */
    RunningCheck begin(
            Connection connection, @Nullable Subject subject, @Nullable String kid, Consumer<CheckReport> ended) {
        ConnectionProbe probe = deployments.of(connection).probe();
        return new RunningCheck(
                new StepRunner(probe::remedy),
                probe.steps(connection, new ProbeRequest(subject, kid, new Trial(connection))),
                ended);
    }

    private final class Trial implements UserTrial {

        private final Connection connection;

        private Trial(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Obtained obtain(Subject subject) {
            Lease lease = leases.afresh(connection, subject);
            return new Obtained(lease.credential().id(), lease.expiresAt());
        }

        @Override
        public String listApps(Subject subject) {
            AppQuery first = new AppQuery(null, null, null, null, NAMED_APPS, null);
            Page<App> apps = access.using(
                    connection,
                    subject,
                    caller -> deployments.of(connection).catalog().apps(connection, caller, first));
            if (apps.items().isEmpty()) {
                return "The tenant answers, and shows " + subject.value() + " no app.";
            }
            return "The tenant shows " + subject.value() + " these apps: "
                    + apps.items().stream()
                            .map(app -> '"' + app.name() + '"')
                            .collect(Collectors.joining(", ", "", apps.next() == null ? "." : ", and more."));
        }
    }
}
