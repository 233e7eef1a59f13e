package io.qlikbridge.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A process of the bridge that runs, or ran a while ago.
 *
 * @param id another one after each start
 * @param name of its machine, container or pod
 * @param seenAt when it said last that it runs
 */
public record Replica(UUID id, String name, String version, Instant startedAt, Instant seenAt) {

    private static final Duration SILENT_AFTER = Duration.ofSeconds(90);

    /** Whether it missed several times to say that it runs: it was killed, or does not reach the database. */
    public boolean isSilent(Instant now) {
        return seenAt.isBefore(now.minus(SILENT_AFTER));
    }
}
