package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import java.util.List;

/** How somebody makes a deployment trust a signing key, by hand. Each kind of deployment that verifies signatures has one. */
public interface TrustGuide {

    ConnectionType type();

    /** Whether the bridge signs anything on this connection, as it is set. */
    boolean signs(Connection connection);

    /** The messages that say what to do, in order; each is given the connection's host. */
    List<String> steps(Connection connection);

    /**
     * What to type into the deployment's form, in the order of its fields.
     *
     * @param kid the id of the key that is to be trusted
     */
    List<Typed> values(Connection connection, String kid);

    /**
     * A value to type.
     *
     * @param label the message that has the field's name at the deployment
     */
    record Typed(String label, String value) {}
}
