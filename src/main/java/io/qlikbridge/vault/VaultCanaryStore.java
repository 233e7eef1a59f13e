package io.qlikbridge.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a known text sealed with each vault key, by which a wrong key is noticed before it seals anything. */
@Component
class VaultCanaryStore {

    private static final String SONG = "The canary sings.";

    private final JdbcClient database;
    private final Clock clock;

    VaultCanaryStore(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes sure that these keys are the keys of this database, and adds a canary for each new one. All or nothing, and one
     * replica at a time: of two that start with different keys on an empty database, one is refused and leaves no canary.
     *
     * @throws VaultCannotStart when a key is not what it was, or a key that sealed something here is not among them
     */
    @Transactional
    void check(KeyRing keys) {
        database.sql("lock table vault_canary in share row exclusive mode").update();
        List<Sealed> canaries = database.sql("select key_id, nonce, ciphertext from vault_canary order by key_id")
                .query((row, number) ->
                        new Sealed(row.getString("key_id"), row.getBytes("nonce"), row.getBytes("ciphertext")))
                .list();
        canaries.forEach(canary -> listen(canary, keys));
        for (VaultKey key : keys.keys()) {
            if (canaries.stream().noneMatch(canary -> canary.sealedWith().equals(key.id()))) {
                add(key);
            }
        }
    }

    private static void listen(Sealed canary, KeyRing keys) {
        String id = canary.sealedWith();
        VaultKey key = keys.named(id)
                .orElseThrow(
                        () -> VaultCannotStart.unfit("The database holds secrets that were sealed with the vault key "
                                + id + ", and no key of that id is configured."));
        if (!sings(canary, key)) {
            throw VaultCannotStart.unfit("The configured vault key " + id
                    + " is not the key of that id which the secrets in the database were sealed with.");
        }
    }

    private static boolean sings(Sealed canary, VaultKey key) {
        try {
            return alone(key).openText(canary, place(key)).equals(SONG);
        } catch (CannotOpen wrongKey) {
            return false;
        }
    }

    private void add(VaultKey key) {
        Sealed canary = alone(key).seal(SONG, place(key));
        database.sql("insert into vault_canary (key_id, nonce, ciphertext, created_at) values (?, ?, ?, ?)")
                .params(key.id(), canary.nonce(), canary.ciphertext(), Timestamp.from(clock.instant()))
                .update();
    }

    private static Vault alone(VaultKey key) {
        return new Vault(new KeyRing(List.of(key)));
    }

    private static String place(VaultKey key) {
        return "vault_canary/" + key.id();
    }
}
