package io.qlikbridge.probe;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** Takes the way to a tenant apart, so that a connection test can say at which step it ends. */
public interface ConnectionProbe {

    /**
     * The steps to the tenant and to a user's apps, in order. A step may rely on those before it having been taken. Nothing is done
     * until a step is taken, and no step leaves a credential behind but by {@link ProbeRequest#trial}.
     *
     * @throws io.qlikbridge.problem.BridgeException for a request that cannot be tried, such as {@code signing-key-not-found}
     */
    List<ProbeStep> steps(Connection connection, ProbeRequest request);

    /** What to change about a problem that does not say so itself; empty where this kind of deployment has nothing to add. */
    default Optional<String> remedy(ProblemCode code) {
        return Optional.empty();
    }
}
