package io.qlikbridge.connection;

import io.qlikbridge.problem.InvalidValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of deployments that there are, and their settings as JSON. */
@Component
public class ConnectionKinds {

    /** In the order in which a record lists them; a setting that a newer version has added is passed over. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final Supplier<List<ConnectionKind>> kinds;

    /** @param kinds asked for when the first one is needed: they may need the connections themselves */
    public ConnectionKinds(ObjectProvider<ConnectionKind> kinds) {
        this.kinds = SingletonSupplier.of(() -> kinds.orderedStream().toList());
    }

    /**
     * The kind of this name.
     *
     * @throws InvalidValue that says which there are
     */
    public ConnectionKind named(String slug) {
        return find(kind -> kind.type().slug().equals(slug))
                .orElseThrow(() -> new InvalidValue("is "
                        + kinds.get().stream().map(kind -> kind.type().slug()).collect(Collectors.joining(" or "))));
    }

    /** The kind of a connection. */
    public ConnectionKind of(ConnectionType type) {
        return find(kind -> kind.type().equals(type))
                .orElseThrow(() ->
                        new IllegalStateException("A connection is a " + type + ", which this version cannot serve"));
    }

    private Optional<ConnectionKind> find(Predicate<ConnectionKind> wanted) {
        return kinds.get().stream().filter(wanted).findFirst();
    }

    /** The one that a request is read by which names none, or one that there is not, so that all that is wrong with it is told. */
    public ConnectionKind first() {
        return kinds.get().getFirst();
    }

    /** Settings by their names, in order; {@code null} for one without a value. */
    public Map<String, @Nullable Object> values(Connection connection) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        JSON.<JsonNode>valueToTree(connection.settings())
                .forEachEntry((name, value) -> values.put(name, JSON.treeToValue(value, Object.class)));
        return values;
    }

    /** The settings that say to whom, and in whose name, something is signed, as a JSON object. */
    public String addressee(Connection connection) {
        Map<String, @Nullable Object> values = values(connection);
        values.keySet().retainAll(connection.settings().addressee());
        return JSON.writeValueAsString(values);
    }

    String write(ConnectionSettings settings) {
        return JSON.writeValueAsString(settings);
    }

    ConnectionSettings read(ConnectionType type, String json) {
        return JSON.readValue(json, of(type).settings());
    }
}
