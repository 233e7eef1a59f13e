package io.qlikbridge.useradmin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as it is shown to an admin.
 *
 * @param identity which person of an identity provider signs in as the user; left out as long as nobody has
 * @param subjects who the user is at each connection that it is mapped at
 * @param warnings what speaks against it, a sentence each; told to who changes the user alone, and left out where there is nothing
 */
record UserAnswer(
        UUID id,
        Username username,
        @Nullable String name,
        @Nullable String email,
        boolean emailVerified,
        List<String> groups,
        boolean enabled,
        Map<ConnectionId, String> subjects,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Identity identity,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    static UserAnswer of(MappedUser mapped) {
        return of(mapped, List.of());
    }

    static UserAnswer of(MappedUser mapped, List<String> warnings) {
        LocalUser user = mapped.user();
        return new UserAnswer(
                user.id(),
                user.username(),
                user.name(),
                user.email(),
                user.emailVerified(),
                user.groups(),
                user.enabled(),
                mapped.subjects(),
                mapped.createdAt(),
                mapped.updatedAt(),
                mapped.identity(),
                warnings);
    }
}
