package io.qlikbridge.subject;

import io.qlikbridge.username.Username;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user on our side.
 *
 * @param id stays with the user whatever else changes
 * @param name shown at the tenant
 * @param groups the names of the groups asserted to the tenant
 * @param enabled whether anything may be done for the user
 */
public record LocalUser(
        UUID id,
        Username username,
        @Nullable String name,
        @Nullable String email,
        boolean emailVerified,
        List<String> groups,
        boolean enabled) {

    public LocalUser {
        groups = List.copyOf(groups);
    }
}
