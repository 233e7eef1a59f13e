package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Starts that end with one message about the vault keys; what becomes of the process, {@link VaultStartIT} shows. */
class VaultCannotStartTests {

    @Test
    void startWhenTheKeyIsMalformedEndsWithOneMessage(LogLines log) {
        String tooLong = K1.replace("=", "AAA");

        failedStart(TestDatabase.fresh(), tooLong);

        assertOneMessage(log, "Entry 1 of the vault keys has 34 bytes after the colon where a key has 32");
    }

    @Test
    void startWhenTheKeyIsNotThatOfTheDatabaseEndsWithOneMessage(LogLines log) {
        failedStart(databaseOfTheFirstKey(), "k1:" + K2.substring(3));

        assertOneMessage(log, "The configured vault key k1 is not the key of that id");
    }

    @Test
    void startWhenTheKeyIsMissedEndsWithOneMessage(LogLines log) {
        failedStart(databaseOfTheFirstKey(), K2);

        assertOneMessage(log, "The vault key k1 is not configured, and 1 row still needs it (access_token_key 1).");
    }

    private static Map<String, Object> databaseOfTheFirstKey() {
        Map<String, Object> database = TestDatabase.fresh();
        Product.start(database, Map.of()).close();
        return database;
    }

    private static void failedStart(Map<String, Object> database, String keys) {
        assertThatException().isThrownBy(() -> Product.start(database, Map.of("bridge.vault.keys", keys)));
    }

    private static void assertOneMessage(LogLines log, String message) {
        assertThat(log.own())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .contains(message, "Action:", "openssl rand -base64 32", "BRIDGE_VAULT_KEYS=k")
                .doesNotContain("\tat ", "Error starting");
        assertThat(log.all()).doesNotContain(K1.substring(3, 40), K2.substring(3, 40));
    }
}
