package io.qlikbridge.claim;

import io.qlikbridge.problem.ProblemCode;

/**
 * How an attempt to issue came to nothing.
 *
 * @param mayHaveActed whether the tenant may have made a key all the same
 */
public record FailedIssue(ProblemCode code, boolean mayHaveActed, boolean renewal) {}
