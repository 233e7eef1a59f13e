package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connectionadmin.ConnectionAnswer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The fields of the form that only connections of one type have. Each kind of deployment that is managed in the console has a bean. */
public interface ConnectionFields {

    ConnectionType type();

    /** What people call the type, such as {@code Qlik Cloud}. */
    String product();

    /**
     * The template and its fragment, such as {@code console/consolecloud-fields :: fields}. The fragment is given {@code typed}, the texts by the
     * names of fields: the type, a dot and the setting's name in the REST API, as in {@code qlik-cloud.issuer}.
     */
    String template();

    /**
     * What the fields of a new connection hold, by the names of settings: of each that there is, an empty text where it has no value.
     *
     * @param bridge the address by which the bridge was called
     */
    Map<String, String> defaults(URI bridge);

    /** The settings as they would be sent to the REST API, by their names there. */
    Map<String, JsonNode> settings(TypedSettings typed);

    /** What is shown of a connection beside what an admin has set. */
    default List<ConnectionFact> facts(ConnectionAnswer connection) {
        return List.of();
    }
}
