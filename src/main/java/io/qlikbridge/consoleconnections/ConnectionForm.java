package io.qlikbridge.consoleconnections;

import java.util.List;
import java.util.Map;

/**
 * The form of a connection as it is shown.
 *
 * @param types their names as people call them, by their slugs
 * @param kinds the fields that only one type has
 * @param typed what the fields hold, by their names
 */
record ConnectionForm(Map<String, String> types, List<Kind> kinds, Map<String, String> typed) {

    /** The fields of one type, in a fragment of a template. */
    record Kind(String type, String product, String template, String fragment) {

        static Kind of(ConnectionFields fields) {
            String[] parts = fields.template().split("::", 2);
            return new Kind(fields.type().slug(), fields.product(), parts[0].strip(), parts[1].strip());
        }
    }
}
