package io.qlikbridge.issuing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.Deployments;
import java.util.Optional;
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

    /**
     * As whom calls are made with what is in memory and good; empty where a lease is not. Of a deployment that issues nothing it is the
     * name alone.
     */
    public Optional<ActingAs> peek(Connection connection, Subject subject) {
        if (deployments.issuer(connection).isEmpty()) {
            return Optional.of(new ActingAs(subject, null));
        }
        return leases.peek(connection, subject).map(credential -> new ActingAs(subject, credential));
    }

    /** @see Leases#using */
    public <T> T using(Connection connection, Subject subject, Function<ActingAs, T> call) {
        if (deployments.issuer(connection).isEmpty()) {
            return call.apply(new ActingAs(subject, null));
        }
        return leases.using(connection, subject, credential -> call.apply(new ActingAs(subject, credential)));
    }
}
