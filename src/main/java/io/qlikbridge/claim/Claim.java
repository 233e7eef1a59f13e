package io.qlikbridge.claim;

import java.util.UUID;

/**
 * The right to issue for one user, held by one replica.
 *
 * @param lease the row that the lease will be in
 * @param operation names this attempt at the tenant
 */
public record Claim(UUID lease, UUID operation) {}
