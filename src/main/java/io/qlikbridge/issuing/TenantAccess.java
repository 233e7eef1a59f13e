package io.qlikbridge.issuing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.Deployments;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Makes calls as a subject: with its lease, or by its name alone where the deployment issues nothing. */
@Component
public class TenantAccess {

    private final Deployments deployments;
    private final Leases leases;

    TenantAccess(Deployments deployments, Leases leases) {
        this.deployments = deployments;
        this.leases = leases;
    }

    /** @see Leases#using */
    public <T> T using(Connection connection, Subject subject, Function<ActingAs, T> call) {
        if (deployments.issuer(connection).isEmpty()) {
            return call.apply(new ActingAs(subject, null));
        }
        return leases.using(connection, subject, credential -> call.apply(new ActingAs(subject, credential)));
    }
}
