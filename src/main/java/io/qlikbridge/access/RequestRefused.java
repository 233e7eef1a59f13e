package io.qlikbridge.access;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;

/**
 * A caller who had signed in was forbidden something, or failed to change something.
 *
 * @param path as it was asked for, encoded, without the query
 * @param user for whom the caller was to act, as far as that was told before the refusal
 */
public record RequestRefused(
        ProblemCode code,
        String method,
        String path,
        @Nullable Username user) {}
