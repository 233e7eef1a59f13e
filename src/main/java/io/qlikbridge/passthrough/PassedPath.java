package io.qlikbridge.passthrough;

import java.util.Optional;

/**
 * Where a request of the pass-through leads.
 *
 * @param connection what stands in the connection's place
 * @param path from the tenant's root on, as it was sent
 */
record PassedPath(String connection, String path) {

    /** Where the pass-through begins. */
    static final String PREFIX = "/qlik";

    /** How an address of the pass-through begins, for whoever measures requests by their route. */
    static final String ROUTE = PREFIX + "/{connection}/";

    /** @param path as it was sent, from {@link #PREFIX} on; empty for what names no connection */
    static Optional<PassedPath> of(String path) {
        int connectionStart = PREFIX.length() + 1;
        int connectionEnd = path.indexOf('/', connectionStart);
        return !path.startsWith(PREFIX + "/") || connectionEnd < 0
                ? Optional.empty()
                : Optional.of(
                        new PassedPath(path.substring(connectionStart, connectionEnd), path.substring(connectionEnd)));
    }

    /** The path without the slash at its beginning. */
    String relative() {
        return path.substring(1);
    }

    String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
