package io.qlikbridge.resealing;

import io.qlikbridge.vault.KeyRing;
import io.qlikbridge.vault.SealCount;
import io.qlikbridge.vault.SealedRows;
import io.qlikbridge.vault.SealedRowsStore;
import io.qlikbridge.vault.VaultCanaryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells how much is sealed with which key. */
@Component
public class VaultProgress {

    private final KeyRing keys;
    private final SealedRowsStore sealedRows;
    private final RotationStore rotation;
    private final VaultCanaryStore canaries;

    public VaultProgress(KeyRing keys, SealedRowsStore sealedRows, RotationStore rotation, VaultCanaryStore canaries) {
        this.canaries = canaries;
        this.keys = keys;
        this.sealedRows = sealedRows;
        this.rotation = rotation;
    }

    /** Counted at this moment. Reads whole tables. */
    public Answer now() {
        Map<String, Long> rows = sealedRows.count().stream()
                .collect(Collectors.groupingBy(SealedRows::key, Collectors.summingLong(SealedRows::rows)));
        List<String> ids = new ArrayList<>(keys.ids());
        rows.keySet().stream().filter(id -> !ids.contains(id)).sorted().forEach(ids::add);
        List<String> retired = rotation.retired();
        Map<String, Long> seals = canaries.seals();
        return new Answer(
                ids.stream()
                        .map(id -> new Key(
                                id,
                                id.equals(keys.newestId()),
                                keys.named(id).isPresent(),
                                rows.getOrDefault(id, 0L),
                                retired.contains(id),
                                seals.getOrDefault(id, 0L),
                                SealCount.warning(id, seals.getOrDefault(id, 0L))))
                        .toList(),
                rotation.stuck());
    }

    /**
     * @param keys as configured, the newest first; then those that rows need but this replica was not given
     * @param stuck rows that did not open when they were to be sealed anew
     */
    public record Answer(List<Key> keys, long stuck) {

        public long rows(String id) {
            return sum(id, Key::rows);
        }

        long seals(String id) {
            return sum(id, Key::seals);
        }

        private long sum(String id, ToLongFunction<Key> number) {
            return keys.stream()
                    .filter(key -> key.id().equals(id))
                    .mapToLong(number)
                    .sum();
        }
    }

    /**
     * @param newest whether it seals
     * @param configured whether this replica has it
     * @param rows how many are sealed with it
     * @param retired whether it may be taken out
     * @param seals how often it has sealed something, about; those of the last seconds are not counted yet
     * @param warning a sentence when that is too often; {@code null} normally
     */
    public record Key(
            String id,
            boolean newest,
            boolean configured,
            long rows,
            boolean retired,
            long seals,
            @Nullable String warning) {}
}
