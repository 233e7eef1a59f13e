package io.qlikbridge.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection was replaced. Published inside the transaction that replaces it.
 *
 * @param changed the names of the properties that have other values now
 */
public record ConnectionUpdated(ConnectionId connection, List<String> changed) {

    public ConnectionUpdated {
        changed = List.copyOf(changed);
    }

    static ConnectionUpdated of(Connection before, Connection after, ConnectionKinds kinds) {
        List<String> changed = new ArrayList<>();
        compare("type", before.type(), after.type(), changed);
        compare("host", before.host(), after.host(), changed);
        Map<String, @Nullable Object> former = kinds.values(before);
        Map<String, @Nullable Object> settings = kinds.values(after);
        Stream.concat(settings.keySet().stream(), former.keySet().stream())
                .distinct()
                .forEach(name -> compare(name, former.get(name), settings.get(name), changed));
        compare("subjects", before.subjects(), after.subjects(), changed);
        compare("subjectTemplate", before.subjectTemplate(), after.subjectTemplate(), changed);
        compare("sslBundle", before.sslBundle(), after.sslBundle(), changed);
        return new ConnectionUpdated(after.id(), changed);
    }

    private static void compare(String name, @Nullable Object before, @Nullable Object after, List<String> changed) {
        if (!Objects.equals(before, after)) {
            changed.add(name);
        }
    }
}
