package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.Map;

/** A local user as an admin sees it: with the subjects it is mapped to. */
record MappedUser(LocalUser user, Map<ConnectionId, String> subjects, Instant createdAt, Instant updatedAt) {

    /** The same user, made at another time. */
    MappedUser createdAt(Instant time) {
        return new MappedUser(user, subjects, time, updatedAt);
    }

    /** The same user, for whom nothing more is done. */
    MappedUser disabled() {
        LocalUser disabled = new LocalUser(
                user.id(), user.username(), user.name(), user.email(), user.emailVerified(), user.groups(), false);
        return new MappedUser(disabled, subjects, createdAt, updatedAt);
    }
}
