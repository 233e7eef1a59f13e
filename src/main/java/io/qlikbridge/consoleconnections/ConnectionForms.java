package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connectionadmin.ConnectionAnswer;
import io.qlikbridge.console.ConditionalOnConsole;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** Makes forms of connections, and of a form what the REST API would be sent. */
@Component
@ConditionalOnConsole
class ConnectionForms {

    static final String TYPE = "type";
    static final String NAME = "name";

    /** When the connection was changed last, as whoever changes it now has seen it. */
    static final String SEEN = "seen";

    private static final String HOST = "host";
    private static final String SUBJECTS = "subjects";
    private static final String TEMPLATE = "subjectTemplate";

    private final List<ConnectionFields> kinds;

    ConnectionForms(List<ConnectionFields> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** What people call a type. */
    String product(ConnectionType type) {
        return kind(type.slug()).map(ConnectionFields::product).orElse(type.slug());
    }

    List<ConnectionFact> facts(ConnectionAnswer connection) {
        return kind(connection.type().slug())
                .map(kind -> kind.facts(connection))
                .orElse(List.of());
    }

    /** A form in which as much is filled in as can be known. */
    ConnectionForm ofNew() {
        Map<String, String> typed = defaults();
        typed.put(TYPE, kinds.getFirst().type().slug());
        typed.put(SUBJECTS, "default");
        typed.put(TEMPLATE, "{username}");
        return of(typed);
    }

    ConnectionForm of(ConnectionAnswer connection) {
        Map<String, String> typed = defaults();
        Map<String, @Nullable Object> own = new HashMap<>(connection.own());
        own.put("sslBundle", connection.sslBundle());
        String type = connection.type().slug();
        own.forEach((name, value) -> typed.replace(type + "." + name, text(value)));
        typed.put(TYPE, type);
        typed.put(NAME, connection.id().value());
        typed.put(HOST, connection.host().toString());
        typed.put(SUBJECTS, connection.subjects().slug());
        typed.put(TEMPLATE, connection.subjectTemplate());
        typed.put(SEEN, connection.updatedAt().toString());
        return of(typed);
    }

    /** The form again as it was typed. */
    ConnectionForm of(Map<String, String> typed) {
        Map<String, String> types = new LinkedHashMap<>();
        kinds.forEach(kind -> types.put(kind.type().slug(), kind.product()));
        return new ConnectionForm(
                types, kinds.stream().map(ConnectionForm.Kind::of).toList(), typed);
    }

    /** What the REST API would be sent. */
    Map<String, JsonNode> body(Map<String, String> typed) {
        TypedSettings all = new TypedSettings(typed);
        String host = all.typed(HOST);
        Map<String, JsonNode> body = all.text(TYPE)
                .text(HOST, host.isEmpty() || host.contains("://") ? host : "https://" + host)
                .text(SUBJECTS)
                .text(TEMPLATE)
                .sent();
        kind(all.typed(TYPE)).ifPresent(kind -> body.putAll(kind.settings(new TypedSettings(of(kind, typed)))));
        return body;
    }

    /** The names of fields, by the names of the settings that were typed into them. */
    Map<String, String> names(Map<String, String> typed) {
        return kind(typed.getOrDefault(TYPE, ""))
                .map(kind -> kind.defaults(bridge()).keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), name -> kind.type() + "." + name)))
                .orElse(Map.of());
    }

    private Map<String, String> of(ConnectionFields kind, Map<String, String> typed) {
        String prefix = kind.type() + ".";
        return typed.entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .collect(Collectors.toMap(field -> field.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private Map<String, String> defaults() {
        Map<String, String> typed = new HashMap<>();
        kinds.forEach(kind ->
                kind.defaults(bridge()).forEach((name, text) -> typed.put(kind.type() + "." + name, text)));
        return typed;
    }

    private Optional<ConnectionFields> kind(String type) {
        return kinds.stream().filter(kind -> kind.type().slug().equals(type)).findFirst();
    }

    private static URI bridge() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri();
    }

    private static String text(@Nullable Object value) {
        return value == null || value.equals(false) ? "" : value.toString();
    }
}
