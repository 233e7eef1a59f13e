package io.qlikbridge.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a known text sealed with each vault key, by which a wrong key is noticed before it seals anything. */
@Component
public class VaultCanaryStore {

    private static final Logger log = LoggerFactory.getLogger(VaultCanaryStore.class);
    private static final String SONG = "The canary sings.";

    private final JdbcClient database;
    private final SealedRowsStore sealedRows;
    private final Clock clock;

    VaultCanaryStore(JdbcClient database, SealedRowsStore sealedRows, Clock clock) {
        this.database = database;
        this.sealedRows = sealedRows;
        this.clock = clock;
    }

    /** @param retired whether its key was seen to seal nothing any more */
    private record Canary(Sealed song, boolean retired) {

        String key() {
            return song.sealedWith();
        }
    }

    /**
     * Makes sure that these keys are the keys of this database, adds a canary for each new one, and lets that of a retired
     * one go. All or nothing, and one replica at a time: of two that start with different keys on an empty database, one is
     * refused and leaves no canary.
     *
     * @return the ids of the keys that open what earlier versions sealed for its row alone
     * @throws VaultCannotStart when a key is not what it was, or a key that sealed something here is not among them
     */
    @Transactional
    Set<String> check(KeyRing keys) {
        database.sql("lock table vault_canary in share row exclusive mode").update();
        List<Canary> canaries = canaries();
        canaries.forEach(canary -> keys.named(canary.key()).ifPresent(key -> listen(canary, key)));
        refuseIfMissed(keys);
        canaries.stream().filter(canary -> keys.named(canary.key()).isEmpty()).forEach(this::letGo);
        for (VaultKey key : keys.keys()) {
            if (canaries.stream().noneMatch(canary -> canary.key().equals(key.id()))) {
                add(key);
            }
        }
        putInFront(keys.newest());
        return ofOldForm();
    }

    /** The ids of the keys whose canary is of the old form: nobody can make one of a key that began with the new form. */
    @Transactional(readOnly = true)
    public Set<String> ofOldForm() {
        return database.sql("select key_id from vault_canary where seal_form = " + Sealed.TO_ITS_ROW)
                .query((row, number) -> row.getString(1))
                .set();
    }

    /** Has each of these keys open no more of what earlier versions sealed for its row alone. */
    @Transactional
    public void closeOldForm(KeyRing keys) {
        database.sql("lock table vault_canary in share row exclusive mode").update();
        Set<String> old = ofOldForm();
        for (VaultKey key : keys.keys()) {
            if (old.contains(key.id())) {
                Sealed canary = alone(key).seal(SONG, place(key));
                database.sql("update vault_canary set nonce = ?, ciphertext = ?, seal_form = ? where key_id = ?")
                        .params(canary.nonce(), canary.ciphertext(), canary.sealForm(), key.id())
                        .update();
            }
        }
    }

    /** Whether replicas of a version that seals for the row alone are taken to be gone. */
    @Transactional(readOnly = true)
    public boolean isTimeToCloseOldForm() {
        return database.sql("select bound_from < clock_timestamp() - interval '1 hour' from vault_forms")
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /**
     * Counts what a key has sealed.
     *
     * @return how much that is in all
     */
    @Transactional
    long sealed(String key, long more) {
        return database.sql("update vault_canary set seals = seals + ? where key_id = ? returning seals")
                .params(more, key)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** How often each key has sealed something, about. */
    @Transactional(readOnly = true)
    public Map<String, Long> seals() {
        return database
                .sql("select key_id, seals from vault_canary")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<Canary> canaries() {
        return database.sql("select key_id, nonce, ciphertext, seal_form, retired_at from vault_canary order by key_id")
                .query((row, number) -> new Canary(
                        new Sealed(
                                row.getString("key_id"),
                                row.getBytes("nonce"),
                                row.getBytes("ciphertext"),
                                row.getInt("seal_form")),
                        row.getTimestamp("retired_at") != null))
                .list();
    }

    private static void listen(Canary canary, VaultKey key) {
        if (!sings(canary.song(), key)) {
            throw VaultCannotStart.unfit("The configured vault key " + key.id()
                    + " is not the key of that id which the secrets in the database were sealed with.");
        }
    }

    private static boolean sings(Sealed song, VaultKey key) {
        try {
            return alone(key).openText(song, place(key)).equals(SONG);
        } catch (CannotOpen wrongKey) {
            return false;
        }
    }

    private void refuseIfMissed(KeyRing keys) {
        Map<String, List<SealedRows>> missed = sealedRows.countBeside(keys.ids()).stream()
                .collect(Collectors.groupingBy(SealedRows::key, TreeMap::new, Collectors.toList()));
        missed.forEach((key, rows) -> {
            throw VaultCannotStart.needed(key, rows);
        });
    }

    /** A key that seals nothing may still be the only one of a replica that starts at this moment, unless it is retired. */
    private void letGo(Canary canary) {
        if (!canary.retired()) {
            throw VaultCannotStart.perhapsNeeded(canary.key());
        }
        database.sql("delete from vault_canary where key_id = ?")
                .param(canary.key())
                .update();
        log.info("The vault key {} was taken out; nothing is sealed with it any more", canary.key());
    }

    private void add(VaultKey key) {
        Sealed canary = alone(key).seal(SONG, place(key));
        database.sql("insert into vault_canary (key_id, nonce, ciphertext, seal_form, created_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(
                        key.id(),
                        canary.nonce(),
                        canary.ciphertext(),
                        canary.sealForm(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** By the database's clock: of two replicas, the later one to start counts. */
    private void putInFront(VaultKey newest) {
        database.sql("""
                        update vault_canary set retired_at = null, in_front_since = clock_timestamp()
                        where key_id = ? and (retired_at is not null or in_front_since is null
                            or in_front_since < (select max(in_front_since) from vault_canary))
                        """).param(newest.id()).update();
    }

    private static Vault alone(VaultKey key) {
        return new Vault(new KeyRing(List.of(key)), Set.of(key.id()));
    }

    private static String place(VaultKey key) {
        return "vault_canary/" + key.id();
    }
}
