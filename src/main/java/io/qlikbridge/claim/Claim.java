package io.qlikbridge.claim;

import java.time.Duration;
import java.util.UUID;

/**
 * The right to issue for one user, held by one replica.
 *
 * @param lease the id that the lease will have
 * @param operation names this attempt at the tenant
 * @param askedAt when it was asked for, by this process' own clock, in nanoseconds
 */
public record Claim(UUID lease, UUID operation, long askedAt) {

    /** So much longer than was asked for it is good. */
    static final Duration NEW_FOR = Duration.ofSeconds(1);

    /** Whether all the time that was asked for it is left. */
    public boolean isNew() {
        return System.nanoTime() - askedAt < NEW_FOR.toNanos();
    }
}
