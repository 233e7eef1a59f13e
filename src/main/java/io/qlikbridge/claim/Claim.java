package io.qlikbridge.claim;

import java.util.UUID;

/**
 * The right to issue for one user, held by one replica.
 *
 * @param lease the id that the lease will have
 * @param operation names this attempt at the tenant
 */
public record Claim(UUID lease, UUID operation) {}
