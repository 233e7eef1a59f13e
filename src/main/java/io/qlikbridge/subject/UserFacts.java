package io.qlikbridge.subject;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a user decides whom Qlik takes it for and what it may see there. The name and the e-mail address are not among it:
 * where this is written down for good, they do not belong.
 *
 * @param subjects who the user is, by the connection's id
 */
public record UserFacts(boolean enabled, boolean emailVerified, List<String> groups, Map<String, String> subjects) {

    public UserFacts {
        groups = List.copyOf(groups);
        subjects = new TreeMap<>(subjects);
    }

    static UserFacts of(MappedUser mapped) {
        Map<String, String> subjects = new TreeMap<>();
        mapped.subjects().forEach((connection, subject) -> subjects.put(connection.value(), subject));
        LocalUser user = mapped.user();
        return new UserFacts(user.enabled(), user.emailVerified(), user.groups(), subjects);
    }

    static UserFacts of(LocalUser user) {
        return new UserFacts(user.enabled(), user.emailVerified(), user.groups(), Map.of());
    }
}
