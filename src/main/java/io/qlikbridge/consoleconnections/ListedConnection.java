package io.qlikbridge.consoleconnections;

import io.qlikbridge.connectionadmin.ConnectionAnswer;
import java.net.URI;
import java.util.List;

/**
 * A connection in the list of all.
 *
 * @param product what people call its type
 * @param open what is left to do
 */
record ListedConnection(String id, String product, URI host, List<ConnectionTask> open, List<String> warnings) {

    static ListedConnection of(ConnectionAnswer connection, String product, List<ConnectionTask> tasks) {
        return new ListedConnection(
                connection.id().value(),
                product,
                connection.host(),
                tasks.stream().filter(ConnectionTask::isOpen).toList(),
                connection.warnings());
    }
}
