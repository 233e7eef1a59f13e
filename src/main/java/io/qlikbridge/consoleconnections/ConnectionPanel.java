package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.Connection;
import java.util.Optional;

/** A section of a connection's page. Each bean of this type adds one. */
public interface ConnectionPanel {

    /** The id of the section's element: what a link leads to, and by what a refusal names the panel. */
    String id();

    /** Where it stands among the others: the smaller, the further up. */
    int order();

    /**
     * The template and its fragment, such as {@code console/consolekeys-panel :: panel}. The fragment is given the variables {@code panel} (a
     * {@link ConnectionSection}), {@code connection} (a {@link Connection}) and {@code errors} (of this panel alone; absent while nothing was refused).
     */
    String template();

    boolean shownFor(Connection connection);

    /** What the fragment reads as {@code panel.view}; never a secret. */
    Object view(Connection connection);

    /** The line of the check-list; empty where there is nothing to do in this panel. */
    default Optional<ConnectionTask> task(Connection connection) {
        return Optional.empty();
    }
}
