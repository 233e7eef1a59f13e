package io.qlikbridge.claim;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;

/**
 * An attempt to have a lease issued came to nothing.
 *
 * @param code what the caller was told
 * @param renewal whether it was to take the place of another, which stays in use
 */
public record LeaseNotIssued(
        ConnectionId connection, Username user, String subject, ProblemCode code, boolean renewal) {}
