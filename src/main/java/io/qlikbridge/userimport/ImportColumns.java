package io.qlikbridge.userimport;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.useradmin.UserRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an import.
 *
 * @param places where each column stands that is not a subject
 * @param subjects where the subject on each connection stands
 */
record ImportColumns(Map<String, Integer> places, Map<ConnectionId, Integer> subjects) {

    static final String USERNAME = "username";
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String EMAIL_VERIFIED = "emailVerified";
    static final String GROUPS = "groups";
    static final String ENABLED = "enabled";

    /** Begins the name of a column of subjects; the id of the connection ends it. */
    static final String SUBJECT = "subject:";

    private static final String BETWEEN_GROUPS = ";";

    boolean has(String column) {
        return places.containsKey(column);
    }

    int count() {
        return places.size() + subjects.size();
    }

    /** What stands in a column; {@code null} for nothing. */
    @Nullable
    String value(String column, List<String> cells) {
        Integer place = places.get(column);
        return place == null || cells.get(place).isEmpty() ? null : cells.get(place);
    }

    /** The user that a record asks for, not looked at yet. */
    UserRequest request(List<String> cells, boolean emailVerified, boolean enabled) {
        String groups = value(GROUPS, cells);
        Map<String, @Nullable String> asked = new TreeMap<>();
        subjects.forEach((connection, place) -> {
            if (!cells.get(place).isEmpty()) {
                asked.put(connection.value(), cells.get(place));
            }
        });
        return new UserRequest(
                value(USERNAME, cells),
                value(NAME, cells),
                value(EMAIL, cells),
                emailVerified,
                groups == null ? null : List.of(groups.split(BETWEEN_GROUPS, -1)),
                enabled,
                asked);
    }

    /** The subjects of a user in the order of {@link #subjects}; {@code null} where it has none. */
    @Nullable
    String[] subjectsOf(MappedUser mapped) {
        return subjects.keySet().stream().map(mapped.subjects()::get).toArray(String[]::new);
    }
}
