package io.qlikbridge.useradmin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user as an admin sends it, not looked at yet. What the values mean is told at {@link io.qlikbridge.subject.LocalUser}. */
public record UserRequest(
        @Nullable String username,
        @Nullable String name,
        @Nullable String email,
        @Nullable Boolean emailVerified,
        @Nullable List<@Nullable String> groups,
        @Nullable Boolean enabled,
        @Nullable Map<String, @Nullable String> subjects) {}
