package io.qlikbridge.simulator;

import java.time.Instant;

/**
 * What the tenant knows of an API key, without its token.
 *
 * @param status {@code active}, {@code expired} or {@code revoked}
 * @param userId the owner's Qlik user id
 */
public record ApiKey(
        String id, String description, String status, Instant expiry, String ownerSubject, String userId) {}
