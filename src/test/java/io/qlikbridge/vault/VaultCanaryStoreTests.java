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
    @Import(VaultCanaryStore.class)
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
    }

    @Autowired
    private VaultCanaryStore canaries;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void empty() {
        database.sql("delete from vault_canary").update();
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
                .withMessageContaining("sealed with the vault key k1, and no key of that id is configured");
        assertThat(canaryIds()).containsExactly("k1");
    }

    @Test
    void checkWhenACanaryWasMovedToAnotherKeyRefuses() {
        canaries.check(ring(K1));
        database.sql("update vault_canary set key_id = 'k9'").update();

        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> canaries.check(ring("k9:" + K1.substring(3))));
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

    private List<String> canaryIds() {
        return database.sql("select key_id from vault_canary order by key_id")
                .query(String.class)
                .list();
    }

    private static KeyRing ring(String... keys) {
        return VaultKeyReader.read(new VaultProperties(String.join(",", keys), null));
    }
}
