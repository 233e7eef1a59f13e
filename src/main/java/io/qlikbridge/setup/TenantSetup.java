package io.qlikbridge.setup;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionRequest;
import java.util.List;
import java.util.Optional;

/** Makes at a tenant what a connection needs there. Only kinds of deployments that can be administered from outside have one. */
public interface TenantSetup {

    /**
     * Reads the credential of an administrator.
     *
     * @param authorization notes what is wrong with it
     * @return empty where something is
     */
    Optional<SetupCredential> credential(ConnectionRequest authorization);

    /**
     * The steps, in order. Nothing is done until a step is taken, and each relies on those before it having been taken and none having
     * failed. A step throws {@code io.qlikbridge.probe.ProbeOutcome} or a problem where it fails or does not apply.
     *
     * @throws RuntimeException a problem such as {@code signing-key-not-found}, for an order that cannot be tried
     */
    List<SetupStep> steps(Connection connection, SetupOrder order);
}
