package io.qlikbridge.connection;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kind of Qlik deployment, as far as its connections are set up and kept. Each adapter has one, found by its type. */
public interface ConnectionKind {

    ConnectionType type();

    /** The record that holds what is particular to this kind. */
    Class<? extends ConnectionSettings> settings();

    /**
     * Reads the settings among what an admin sent. Each is asked for by name; a name that nobody asked for is not known.
     *
     * @param request notes what is wrong with them
     * @return makes the settings; called only when nothing was wrong
     */
    Supplier<ConnectionSettings> read(ConnectionRequest request);

    /** What an admin is shown of a connection beside its settings, by the names of the REST API. */
    default Map<String, @Nullable Object> shown(Connection connection) {
        return Map.of();
    }

    /**
     * What stays at the deployment when a connection goes, for an admin there to remove.
     *
     * @param kid the id of the key that signs; {@code null} while there is none
     * @return by its address what each is, as the part of a sentence
     */
    default Map<URI, String> remains(Connection connection, @Nullable String kid) {
        return Map.of();
    }

    /** What an admin should see to on a connection, a sentence each. */
    default List<String> warnings(Connection connection) {
        return List.of();
    }
}
