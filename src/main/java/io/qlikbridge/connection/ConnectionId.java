package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.util.regex.Pattern;

/**
 * The slug that names a connection, such as {@code main}: 1 to 63 of {@code a-z}, {@code 0-9} and {@code -}, not starting
 * or ending with {@code -}.
 */
public record ConnectionId(@JsonValue String value) implements Comparable<ConnectionId> {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    @JsonCreator
    public ConnectionId {
        if (!SLUG.matcher(value).matches()) {
            throw new InvalidValue("A connection's id is 1 to 63 of a-z, 0-9 and -, not starting or ending with -");
        }
    }

    @Override
    public int compareTo(ConnectionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
