package io.qlikbridge.client;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.username.Username;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users a client may act for: exact usernames, {@code group:NAME} for the members of a group, {@code *} for everyone.
 *
 * @param entries each in one of the three forms
 */
public record ClientUsers(List<String> entries) {

    private static final String ALL = "*";
    private static final String GROUP = "group:";

    static final ClientUsers EVERYONE = new ClientUsers(List.of(ALL));

    public ClientUsers {
        entries = List.copyOf(entries);
        if (!entries.stream().allMatch(ClientUsers::isEntry)) {
            throw new InvalidValue("A client's users are usernames, group:NAME, or *");
        }
    }

    static boolean isEntry(@Nullable String entry) {
        return entry != null && (entry.startsWith(GROUP) ? isName(entry.substring(GROUP.length())) : isName(entry));
    }

    /**
     * An entry as it is kept, spelled as users and groups are.
     *
     * @throws InvalidValue when it has a character that nobody sees, or that looks like another
     */
    static String asNew(String entry) {
        if (!entry.startsWith(GROUP)) {
            return Username.ofNew(entry).value();
        }
        String group = PlainText.tidy(entry.substring(GROUP.length()));
        PlainText.hidden(group).ifPresent(fault -> {
            throw new InvalidValue("A group " + fault);
        });
        return GROUP + group;
    }

    public boolean everyone() {
        return entries.contains(ALL);
    }

    public boolean byName(Username name) {
        return !name.value().startsWith(GROUP) && !ALL.equals(name.value()) && entries.contains(name.value());
    }

    /** The user, where there is exactly one and it is told by name. */
    public Optional<Username> only() {
        if (entries.size() != 1 || everyone() || anyGroup()) {
            return Optional.empty();
        }
        return Optional.of(new Username(entries.getFirst()));
    }

    public boolean anyGroup() {
        return entries.stream().anyMatch(entry -> entry.startsWith(GROUP));
    }

    public boolean byGroup(LocalUser user) {
        return user.groups().stream().anyMatch(group -> entries.contains(GROUP + group));
    }

    public boolean allows(LocalUser user) {
        return everyone() || byName(user.username()) || byGroup(user);
    }

    private static boolean isName(String name) {
        try {
            new Username(name);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
