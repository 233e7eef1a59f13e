package io.qlikbridge.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells how much is sealed with which key. */
@Component
class VaultProgress {

    private final KeyRing keys;
    private final SealedRowsStore sealedRows;
    private final RotationStore rotation;

    VaultProgress(KeyRing keys, SealedRowsStore sealedRows, RotationStore rotation) {
        this.keys = keys;
        this.sealedRows = sealedRows;
        this.rotation = rotation;
    }

    /** Counted at this moment. Reads whole tables. */
    Answer now() {
        Map<String, Long> rows = sealedRows.count().stream()
                .collect(Collectors.groupingBy(SealedRows::key, Collectors.summingLong(SealedRows::rows)));
        List<String> ids = new ArrayList<>(keys.ids());
        rows.keySet().stream().filter(id -> !ids.contains(id)).sorted().forEach(ids::add);
        List<String> retired = rotation.retired();
        return new Answer(
                ids.stream()
                        .map(id -> new Key(
                                id,
                                id.equals(keys.newest().id()),
                                keys.named(id).isPresent(),
                                rows.getOrDefault(id, 0L),
                                retired.contains(id)))
                        .toList(),
                rotation.stuck());
    }

    /**
     * @param keys as configured, the newest first; then those that rows need but this replica was not given
     * @param stuck rows that did not open when they were to be sealed anew
     */
    record Answer(List<Key> keys, long stuck) {

        long rows(String id) {
            return keys.stream()
                    .filter(key -> key.id().equals(id))
                    .mapToLong(Key::rows)
                    .sum();
        }
    }

    /**
     * @param newest whether it seals
     * @param configured whether this replica has it
     * @param rows how many are sealed with it
     * @param retired whether it may be taken out
     */
    record Key(String id, boolean newest, boolean configured, long rows, boolean retired) {}
}
