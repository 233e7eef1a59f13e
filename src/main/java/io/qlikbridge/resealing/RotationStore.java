package io.qlikbridge.resealing;

import io.qlikbridge.vault.KeyRing;
import io.qlikbridge.vault.SealedRows;
import io.qlikbridge.vault.SealedRowsStore;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps how far a rotation of the vault keys is, for all replicas. */
@Component
public class RotationStore {

    private final JdbcClient database;
    private final SealedRowsStore sealedRows;
    private final KeyRing keys;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    public RotationStore(
            JdbcClient database,
            SealedRowsStore sealedRows,
            KeyRing keys,
            ApplicationEventPublisher events,
            Clock clock) {
        this.database = database;
        this.sealedRows = sealedRows;
        this.keys = keys;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whether our newest key is the one that was put in front last. While replicas are restarted one by one, those with the
     * former order would otherwise seal back what the others have sealed anew.
     */
    @Transactional(readOnly = true)
    boolean isInFront() {
        return database.sql("select key_id from vault_canary order by in_front_since desc nulls last limit 1")
                .query(String.class)
                .optional()
                .equals(Optional.of(keys.newestId()));
    }

    /** The keys that seal nothing any more. */
    @Transactional(readOnly = true)
    public List<String> retired() {
        return database.sql("select key_id from vault_canary where retired_at is not null")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** How many secrets did not open when they were to be sealed anew. */
    @Transactional(readOnly = true)
    long stuck() {
        return database.sql("select count(*) from vault_stuck")
                .query(Long.class)
                .single();
    }

    /**
     * Notes, after a round over all tables, which keys may be taken out, and publishes the end of a rotation.
     *
     * @param began when the round began; what was not met as stuck since then is not stuck any more
     * @return the rotation that has come to its end
     */
    @Transactional
    Optional<VaultResealed> conclude(Instant began) {
        // no replica may start with another key in front while we look
        database.sql("lock table vault_canary in share row exclusive mode").update();
        if (!isInFront()) {
            return Optional.empty();
        }
        database.sql("delete from vault_stuck where seen_at < ?")
                .param(Timestamp.from(began))
                .update();
        List<String> needed = keys.older().isEmpty()
                ? List.of()
                : sealedRows.countOf(keys.older()).stream()
                        .map(SealedRows::key)
                        .distinct()
                        .toList();
        keys.older().forEach(key -> note(key, needed.contains(key)));
        return needed.isEmpty() ? ended() : Optional.empty();
    }

    private void note(String key, boolean needed) {
        if (needed) {
            database.sql("update vault_canary set retired_at = null where key_id = ? and retired_at is not null")
                    .param(key)
                    .update();
            return;
        }
        database.sql("update vault_canary set retired_at = ? where key_id = ? and retired_at is null")
                .params(Timestamp.from(clock.instant()), key)
                .update();
    }

    private Optional<VaultResealed> ended() {
        String newest = keys.newestId();
        long rows = database.sql("select resealed from vault_canary where key_id = ?")
                .param(newest)
                .query(Long.class)
                .single();
        if (rows == 0) {
            return Optional.empty();
        }
        database.sql("update vault_canary set resealed = 0 where key_id = ?")
                .param(newest)
                .update();
        VaultResealed resealed = new VaultResealed(newest, rows);
        events.publishEvent(resealed);
        return Optional.of(resealed);
    }
}
