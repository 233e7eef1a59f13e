package io.qlikbridge.client;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.InvalidValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections a caller may act at: their ids, or {@code *} for all. By id: a connection made anew under the id of one
 * that was deleted counts as that one.
 *
 * @param entries each in one of the two forms; none for no connection
 */
public record AllowedConnections(List<String> entries) {

    static final String ALL = "*";
    public static final AllowedConnections EVERYWHERE = new AllowedConnections(List.of(ALL));

    public AllowedConnections {
        entries = List.copyOf(entries);
        if (!entries.stream().allMatch(AllowedConnections::isEntry)) {
            throw new InvalidValue("A caller's connections are their ids, or *");
        }
    }

    public static boolean isEntry(@Nullable String entry) {
        return ALL.equals(entry) || isId(entry);
    }

    public boolean everywhere() {
        return entries.contains(ALL);
    }

    public boolean allows(ConnectionId connection) {
        return everywhere() || entries.contains(connection.value());
    }

    private static boolean isId(@Nullable String entry) {
        try {
            return entry != null && new ConnectionId(entry).value().equals(entry);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
