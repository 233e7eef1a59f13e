package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A local user as an admin sees it: with the subjects it is mapped to.
 *
 * @param identity which person signs in as the user; {@code null} as long as nobody has
 */
public record MappedUser(
        LocalUser user,
        Map<ConnectionId, String> subjects,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Identity identity) {

    /** A user as whom nobody has signed in. */
    public MappedUser(LocalUser user, Map<ConnectionId, String> subjects, Instant createdAt, Instant updatedAt) {
        this(user, subjects, createdAt, updatedAt, null);
    }

    /** The same user, as whom this person signs in. */
    MappedUser identity(@Nullable Identity person) {
        return new MappedUser(user, subjects, createdAt, updatedAt, person);
    }

    /** The same user, made at another time. */
    public MappedUser createdAt(Instant time) {
        return new MappedUser(user, subjects, time, updatedAt, identity);
    }

    /** The same user, for whom nothing more is done. */
    public MappedUser disabled() {
        LocalUser disabled = new LocalUser(
                user.id(), user.username(), user.name(), user.email(), user.emailVerified(), user.groups(), false);
        return new MappedUser(disabled, subjects, createdAt, updatedAt, identity);
    }
}
