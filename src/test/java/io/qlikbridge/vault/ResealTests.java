package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.qlikbridge.LogLines;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.resealing.ResealStore;
import io.qlikbridge.resealing.ResealedPage;
import io.qlikbridge.resealing.VaultProgress;
import io.qlikbridge.resealing.VaultResealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two tables that the vault knows nothing of: one with a uuid for an id, one with a text. */
@ResourceLock(Resources.SYSTEM_OUT)
class ResealTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SealedTable LETTER = new SealedTable("letter", "id", "letter/", List.of());
    private static final SealedTable PAPER = new SealedTable("paper", "name", "paper/", List.of());
    private static final List<SealedTable> TABLES = List.of(LETTER, PAPER);

    private static HikariDataSource database;
    private static JdbcClient jdbc;

    private Instant now = NOW;

    @BeforeAll
    static void migrate() {
        Map<String, Object> fresh = TestDatabase.fresh();
        database = new HikariDataSource();
        database.setJdbcUrl(fresh.get("spring.datasource.url").toString());
        database.setUsername(fresh.get("spring.datasource.username").toString());
        database.setPassword(fresh.get("spring.datasource.password").toString());
        database.setConnectionInitSql("set lock_timeout = '20s'");
        jdbc = JdbcClient.create(database);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        jdbc.sql(
                        "create table letter (id uuid primary key, sealed_with text, nonce bytea, ciphertext bytea, seal_form integer not null"
                                + " default 2, note text)")
                .update();
        jdbc.sql(
                        "create table paper (name text primary key, sealed_with text, nonce bytea, ciphertext bytea, seal_form integer not null"
                                + " default 2)")
                .update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("truncate vault_canary, vault_stuck, letter, paper").update();
    }

    @Test
    void roundSealsEveryRowOfEveryTableWithTheNewestKey() {
        TestReplica before = replica(K1);
        List<UUID> letters = letters(before, 2 * ResealStore.PAGE + 1);
        paper(before, "one");
        jdbc.sql("insert into letter (id, sealed_with) values (?, null), (?, 'k1')")
                .params(UUID.randomUUID(), UUID.randomUUID())
                .update();
        TestReplica rotated = replica(K2, K1);

        assertThat(rotated.progress.now().keys())
                .extracting(VaultProgress.Key::id, VaultProgress.Key::newest, VaultProgress.Key::rows)
                .containsExactly(tuple("k2", true, 0L), tuple("k1", false, letters.size() + 1L));
        rotated.round();

        assertThat(rotated.progress.now().keys())
                .extracting(VaultProgress.Key::id, VaultProgress.Key::rows, VaultProgress.Key::retired)
                .containsExactly(tuple("k2", letters.size() + 1L, false), tuple("k1", 0L, true));
        TestReplica without = replica(K2);
        assertAllOpen(without);
        assertThat(without.vault.openText(sealed("paper", "name", "one"), "paper/one"))
                .isEqualTo("about one");
    }

    @Test
    void roundWhenItIsStoppedGoesOnAfterARestart(LogLines log) {
        int rows = 2 * ResealStore.PAGE + 1;
        letters(replica(K1), rows);
        TestReplica stopped = replica(K2, K1);
        AtomicInteger asked = new AtomicInteger();

        stopped.reseal.round(() -> asked.incrementAndGet() > 1);

        assertThat(stopped.progress.now().rows("k2")).isEqualTo(ResealStore.PAGE);
        assertThat(stopped.events).isEmpty();
        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> replica(K2))
                .withMessageContaining("201 rows still need it (letter 201)");

        TestReplica restarted = replica(K2, K1);
        restarted.round();

        assertThat(restarted.progress.now().rows("k1")).isZero();
        assertThat(restarted.events).containsExactly(new VaultResealed("k2", rows));
        assertThat(log.own())
                .contains(
                        "Sealing anew with the vault key k2 begins",
                        "Everything is sealed with the vault key k2 now. Rows sealed anew: 401. May be taken out: k1.");
    }

    @Test
    void roundWhenEverythingIsSealedWithTheNewestKeyTellsTheEndOnce() {
        letters(replica(K1), 1);
        TestReplica rotated = replica(K2, K1);

        rotated.round();
        rotated.round();

        assertThat(rotated.events).hasSize(1);
    }

    @Test
    void roundWhenTheNewKeyIsOnlyBehindTheOldChangesNothing() {
        UUID letter = letters(replica(K1), 1).getFirst();
        TestReplica prepared = replica(K1, K2);

        prepared.round();

        assertThat(sealed(letter).sealedWith()).isEqualTo("k1");
        assertThat(prepared.events).isEmpty();
        assertThat(replica(K2, K1).rotation.retired()).as("in front now").isEmpty();
    }

    @Test
    void roundWhenAnotherReplicaHasANewerKeyInFrontLeavesItsWorkAlone() {
        TestReplica former = replica(K1, K2);
        UUID letter = letters(former, 1).getFirst();
        TestReplica rotated = replica(K2, K1);
        rotated.round();

        former.round();

        assertThat(sealed(letter).sealedWith()).isEqualTo("k2");
        assertThat(rotated.rotation.retired()).containsExactly("k1");
    }

    @Test
    void bothKeysAreUsableMeanwhile() {
        TestReplica former = replica(K1, K2);
        UUID old = letters(former, 1).getFirst();
        TestReplica rotated = replica(K2, K1);
        UUID fresh = letters(rotated, 1).getFirst();

        assertThat(open(rotated, old)).isEqualTo("to " + old);
        assertThat(open(former, fresh)).isEqualTo("to " + fresh);
        rotated.round();
        UUID late = letters(former, 1).getFirst();
        rotated.round();

        for (UUID letter : List.of(old, fresh, late)) {
            assertThat(sealed(letter).sealedWith()).isEqualTo("k2");
            assertThat(open(former, letter)).isEqualTo("to " + letter);
        }
    }

    @Test
    void roundWhenAKeySealsAgainItIsNotRetired() {
        TestReplica former = replica(K1, K2);
        TestReplica rotated = replica(K2, K1);
        rotated.round();
        assertThat(rotated.rotation.retired()).containsExactly("k1");
        UUID letter = letters(former, 1).getFirst();
        jdbc.sql("update letter set nonce = '' where id = ?").param(letter).update();

        rotated.round();

        assertThat(rotated.rotation.retired()).isEmpty();
    }

    @Test
    void roundWhenARowDoesNotOpenGoesOnAndTellsItsPlaceOnce(LogLines log) {
        List<UUID> letters = letters(replica(K1), ResealStore.PAGE + 50);
        UUID altered = letters.get(20);
        jdbc.sql("update letter set ciphertext = ciphertext || '\\x00' where id = ?")
                .param(altered)
                .update();
        TestReplica rotated = replica(K2, K1);

        rotated.round();
        now = now.plus(Duration.ofMinutes(1));
        rotated.round();
        replica(K2, K1).round();

        assertThat(rotated.progress.now().stuck()).isEqualTo(1);
        assertThat(rotated.progress.now().rows("k1")).isEqualTo(1);
        assertThat(rotated.events).isEmpty();
        assertThat(rotated.rotation.retired()).isEmpty();
        assertThat(log.own()).containsOnlyOnce("The secret at letter/" + altered + " cannot be opened");

        jdbc.sql("delete from letter where id = ?").param(altered).update();
        now = now.plus(Duration.ofMinutes(1));
        rotated.round();

        assertThat(rotated.progress.now().stuck()).isZero();
        assertThat(rotated.events).containsExactly(new VaultResealed("k2", letters.size() - 1));
    }

    @Test
    void roundWhenTwoReplicasReSealAtOnceDoesEachRowOnce() throws Exception {
        List<UUID> letters = letters(replica(K1), 5 * ResealStore.PAGE);
        List<TestReplica> replicas = List.of(replica(K2, K1), replica(K2, K1));
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Callable<Integer>> rounds = new ArrayList<>();
        for (TestReplica replica : replicas) {
            rounds.add(() -> {
                barrier.await();
                int resealed = 0;
                Object last = null;
                do {
                    ResealedPage page = replica.pages.reseal(LETTER, last);
                    resealed += page.resealed();
                    last = page.last();
                } while (last != null);
                return resealed;
            });
        }
        int resealed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> round : threads.invokeAll(rounds)) {
                resealed += round.get();
            }
        }
        replicas.getFirst().round();

        assertThat(resealed).isEqualTo(letters.size());
        assertThat(replicas.getFirst().events).containsExactly(new VaultResealed("k2", letters.size()));
        assertAllOpen(replicas.getFirst());
    }

    @Test
    void roundWhenSomebodyIsChangingARowPassesItOverAndTheNewestContentStays() {
        TestReplica former = replica(K1, K2);
        List<UUID> letters = letters(former, 3);
        UUID changing = letters.get(1);
        TestReplica rotated = replica(K2, K1);

        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(open -> {
            Sealed newer = former.vault.seal("the newest", "letter/" + changing);
            jdbc.sql("update letter set sealed_with = ?, nonce = ?, ciphertext = ?, note = 'new' where id = ?")
                    .params(newer.sealedWith(), newer.nonce(), newer.ciphertext(), changing)
                    .update();
            try (ExecutorService another = Executors.newSingleThreadExecutor()) {
                another.submit(rotated::round);
            }
        });

        assertThat(rotated.progress.now().rows("k2")).isEqualTo(2);
        assertThat(open(rotated, changing)).isEqualTo("the newest");
        rotated.round();
        assertThat(sealed(changing).sealedWith()).isEqualTo("k2");
        assertThat(open(rotated, changing)).isEqualTo("the newest");
        assertThat(jdbc.sql("select note from letter where id = ?")
                        .param(changing)
                        .query(String.class)
                        .single())
                .isEqualTo("new");
    }

    @Test
    void progressWhenRowsNeedAKeyThisReplicaWasNotGivenShowsIt() {
        TestReplica unaware = replica(K1);
        letters(replica(K2, K1), 2);

        assertThat(unaware.progress.now().keys())
                .containsExactly(
                        new VaultProgress.Key("k1", true, true, 0, false, 0, null),
                        new VaultProgress.Key("k2", false, false, 2, false, 0, null));
    }

    private TestReplica replica(String... keys) {
        InstantSource clock = () -> now;
        return new TestReplica(database, clock.withZone(ZoneOffset.UTC), TABLES, keys);
    }

    private static List<UUID> letters(TestReplica replica, int number) {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(number).toList();
        new JdbcTemplate(database)
                .batchUpdate(
                        "insert into letter (id, sealed_with, nonce, ciphertext) values (?, ?, ?, ?)",
                        ids.stream()
                                .map(id -> {
                                    Sealed sealed = replica.vault.seal("to " + id, "letter/" + id);
                                    return new Object[] {id, sealed.sealedWith(), sealed.nonce(), sealed.ciphertext()};
                                })
                                .toList());
        return ids;
    }

    private static void paper(TestReplica replica, String name) {
        Sealed sealed = replica.vault.seal("about " + name, "paper/" + name);
        jdbc.sql("insert into paper (name, sealed_with, nonce, ciphertext) values (?, ?, ?, ?)")
                .params(name, sealed.sealedWith(), sealed.nonce(), sealed.ciphertext())
                .update();
    }

    private static void assertAllOpen(TestReplica replica) {
        jdbc.sql("select id, sealed_with, nonce, ciphertext from letter where ciphertext is not null")
                .query(row -> {
                    Sealed sealed = new Sealed(row.getString(2), row.getBytes(3), row.getBytes(4), 2);
                    String id = row.getString(1);
                    assertThat(replica.vault.openText(sealed, "letter/" + id)).isEqualTo("to " + id);
                });
    }

    private static String open(TestReplica replica, UUID letter) {
        return replica.vault.openText(sealed(letter), "letter/" + letter);
    }

    private static Sealed sealed(UUID letter) {
        return sealed("letter", "id", letter);
    }

    private static Sealed sealed(String table, String idColumn, Object id) {
        return jdbc.sql("select sealed_with, nonce, ciphertext from " + table + " where " + idColumn + " = ?")
                .param(id)
                .query((row, number) -> new Sealed(row.getString(1), row.getBytes(2), row.getBytes(3), 2))
                .single();
    }
}
