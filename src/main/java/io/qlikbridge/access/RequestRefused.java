package io.qlikbridge.access;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;

/**
 * A caller who had signed in was forbidden something, or failed to change something.
 *
 * @param path as it was asked for, encoded, without the query
 * @param connection where it was to be done, as far as that was told and does not stand in the path
 * @param user for whom the caller was to act, as far as that was told before the refusal
 */
public record RequestRefused(
        ProblemCode code,
        String method,
        String path,
        @Nullable ConnectionId connection,
        @Nullable Username user) {}
