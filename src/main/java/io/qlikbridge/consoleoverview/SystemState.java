package io.qlikbridge.consoleoverview;

import io.qlikbridge.replica.Replica;
import io.qlikbridge.resealing.VaultProgress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge runs on.
 *
 * @param signingProvider its name and version
 * @param replicas those seen in the last hour
 * @param own the replica that tells this
 * @param vault {@code null} while the database does not manage to count
 * @param vaultCountedAt when that was counted
 */
record SystemState(
        String version,
        String signingProvider,
        List<Replica> replicas,
        UUID own,
        VaultProgress.@Nullable Answer vault,
        @Nullable Instant vaultCountedAt,
        Instant now) {

    public long running() {
        return replicas.stream().filter(replica -> !replica.isSilent(now)).count();
    }

    /** Of those that run, in their order. */
    List<String> versions() {
        return replicas.stream()
                .filter(replica -> !replica.isSilent(now))
                .map(Replica::version)
                .distinct()
                .sorted()
                .toList();
    }

    /** How much is sealed with older keys than the newest. */
    public long left() {
        return vault == null
                ? 0
                : vault.keys().stream()
                        .filter(key -> !key.newest())
                        .mapToLong(VaultProgress.Key::rows)
                        .sum();
    }
}
