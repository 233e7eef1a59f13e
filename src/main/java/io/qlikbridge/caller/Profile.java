package io.qlikbridge.caller;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says of a person, to make a local user from.
 *
 * @param emailVerified whether the provider vouches for the address
 */
public record Profile(@Nullable String name, @Nullable String email, boolean emailVerified, List<String> groups) {

    public Profile {
        groups = List.copyOf(groups);
    }
}
