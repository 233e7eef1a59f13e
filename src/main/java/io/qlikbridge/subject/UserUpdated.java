package io.qlikbridge.subject;

import io.qlikbridge.username.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A local user was replaced. Published inside the transaction that replaces it.
 *
 * @param formerUsername the one it had before; mostly the same
 * @param enabled whether anything may be done for the user from now on
 * @param changed the names of the properties that have other values now
 */
public record UserUpdated(
        UUID id,
        Username username,
        Username formerUsername,
        boolean enabled,
        List<String> changed,
        UserFacts before,
        UserFacts after) {

    public UserUpdated {
        changed = List.copyOf(changed);
    }

    static UserUpdated of(MappedUser before, MappedUser after) {
        LocalUser was = before.user();
        LocalUser is = after.user();
        List<String> changed = new ArrayList<>();
        compare("username", was.username(), is.username(), changed);
        compare("name", was.name(), is.name(), changed);
        compare("email", was.email(), is.email(), changed);
        compare("emailVerified", was.emailVerified(), is.emailVerified(), changed);
        compare("groups", was.groups(), is.groups(), changed);
        compare("enabled", was.enabled(), is.enabled(), changed);
        compare("identity", before.identity(), after.identity(), changed);
        compare("subjects", before.subjects(), after.subjects(), changed);
        return new UserUpdated(
                is.id(),
                is.username(),
                was.username(),
                is.enabled(),
                changed,
                UserFacts.of(before),
                UserFacts.of(after));
    }

    private static void compare(String name, @Nullable Object before, @Nullable Object after, List<String> changed) {
        if (!Objects.equals(before, after)) {
            changed.add(name);
        }
    }
}
