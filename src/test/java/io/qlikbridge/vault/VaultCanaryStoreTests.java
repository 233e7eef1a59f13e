package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.qlikbridge.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

@ExtendWith(SpringExtension.class)
@ContextConfiguration(initializers = TestDatabase.class, classes = VaultCanaryStoreTests.Database.class)
class VaultCanaryStoreTests {

    private static final String FALSE_K1 = "k1:" + K2.substring(3);

    @Configuration
    @Import({VaultCanaryStore.class, SealedRowsStore.class})
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Database {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        SealedTable kept() {
            return new SealedTable("signing_key", "id", "signing_key/", List.of());
        }

        @Bean
        SealedTable alsoKept() {
            return new SealedTable("access_token_key", "kid", "access_token_key/", List.of());
        }
    }

    @Autowired
    private VaultCanaryStore canaries;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void empty() {
        database.sql("delete from vault_canary").update();
        database.sql("delete from access_token_key").update();
    }

    @Test
    void checkWhenTheKeysAreThoseOfBeforePasses() {
        canaries.check(ring(K1));

        assertThatNoException().isThrownBy(() -> canaries.check(ring(K1)));
        assertThat(canaryIds()).containsExactly("k1");
    }

    @Test
    void checkWhenAKeyIsNewAddsItsCanary() {
        canaries.check(ring(K1));

        canaries.check(ring(K2, K1));

        assertThat(canaryIds()).containsExactly("k1", "k2");
    }

    @Test
    void checkWhenTheKeyIsAnotherUnderTheSameIdRefuses() {
        canaries.check(ring(K1));

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring(FALSE_K1)))
                .withMessageContaining("The configured vault key k1 is not the key of that id");
    }

    @Test
    void checkWhenAKeyOfTheDatabaseIsNotConfiguredRefusesAndAddsNothing() {
        canaries.check(ring(K1));

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring(K2)))
                .withMessageContaining(
                        "The vault key k1 is not configured, and the bridge may still be sealing with it");
        assertThat(canaryIds()).containsExactly("k1");
    }

    @Test
    void checkWhenACanaryWasMovedToAnotherKeyRefuses() {
        canaries.check(ring(K1));
        database.sql("update vault_canary set key_id = 'k9'").update();

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring("k9:" + K1.substring(3))));
    }

    @Test
    void checkWhenAKeyIsTakenOutTooEarlyTellsHowManyRowsNeedItAndChangesNothing() {
        canaries.check(ring(K1));
        canaries.check(ring(K2, K1));
        retire("k1");
        keep(1234, "k1");

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring(K2)))
                .withMessage(
                        "The vault key k1 is not configured, and 1,234 rows still need it (access_token_key 1,234)."
                                + " Put it back behind the new one, wait until GET /api/v1/vault shows no rows for it, then take it"
                                + " out.");
        assertThat(canaryIds()).containsExactly("k1", "k2");
    }

    @Test
    void checkWhenOneRowNeedsAKeyWithoutCanaryRefuses() {
        canaries.check(ring(K2));
        keep(1, "k1");

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring(K2)))
                .withMessageStartingWith(
                        "The vault key k1 is not configured, and 1 row still needs it (access_token_key 1).");
    }

    @Test
    void checkWhenARetiredKeyIsTakenOutStartsWithoutItsCanary() {
        canaries.check(ring(K1));
        canaries.check(ring(K2, K1));
        retire("k1");

        canaries.check(ring(K2));

        assertThat(canaryIds()).containsExactly("k2");
    }

    @Test
    void checkWhenARetiredKeyIsInFrontAgainItIsNotRetired() {
        canaries.check(ring(K1));
        canaries.check(ring(K2, K1));
        retire("k1");

        canaries.check(ring(K1, K2));

        assertThatExceptionOfType(VaultCannotStart.class).isThrownBy(() -> canaries.check(ring(K2)));
    }

    @RepeatedTest(5)
    void checkWhenTwoStartAtOnceWithTheSameKeyLetsBothStart() throws Exception {
        assertThat(startAtOnce(ring(K1), ring(K1))).isEmpty();
        assertThat(canaryIds()).containsExactly("k1");
    }

    @RepeatedTest(5)
    void checkWhenTwoStartAtOnceWithDifferentKeysLetsOneStart() throws Exception {
        assertThat(startAtOnce(ring(K1), ring(K2))).hasSize(1).first().isInstanceOf(VaultCannotStart.class);
        assertThat(canaryIds()).hasSize(1);
    }

    @RepeatedTest(5)
    void checkWhenTwoStartAtOnceWithDifferentKeysOfOneIdLetsOneStart() throws Exception {
        assertThat(startAtOnce(ring(K1), ring(FALSE_K1))).hasSize(1).first().isInstanceOf(VaultCannotStart.class);
    }

    private List<Throwable> startAtOnce(KeyRing one, KeyRing other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Throwable> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Void>> starts = List.of(start(barrier, one), start(barrier, other));
            for (Future<Void> start : threads.invokeAll(starts)) {
                if (start.state() == Future.State.FAILED) {
                    failures.add(start.exceptionNow());
                }
            }
        }
        return failures;
    }

    private Callable<Void> start(CyclicBarrier barrier, KeyRing keys) {
        return () -> {
            barrier.await();
            canaries.check(keys);
            return null;
        };
    }

    private void retire(String key) {
        database.sql("update vault_canary set retired_at = now() where key_id = ?")
                .param(key)
                .update();
    }

    private void keep(int rows, String key) {
        database.sql("""
                        insert into access_token_key (kid, state, public_jwk, sealed_with, nonce, ciphertext, created_at)
                        select i::text, 'RETIRED', '{}', ?, '', '', now() from generate_series(1, ?) i
                        """).params(key, rows).update();
    }

    private List<String> canaryIds() {
        return database.sql("select key_id from vault_canary order by key_id")
                .query(String.class)
                .list();
    }

    private static KeyRing ring(String... keys) {
        return VaultKeyReader.read(new VaultProperties(String.join(",", keys), null));
    }
}
