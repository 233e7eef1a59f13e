package io.qlikbridge.probe;

import io.qlikbridge.connection.Connection;
import java.util.List;

/** Takes the way to a tenant apart, so that a connection test can say at which step it ends. */
public interface ConnectionProbe {

    /**
     * The steps to the tenant and, for a subject, the sign-in with it, in order. A step may rely on those before it
     * having been taken. Nothing is done until a step is taken, and no step leaves a credential behind.
     */
    List<ProbeStep> steps(Connection connection, ProbeRequest wish);
}
