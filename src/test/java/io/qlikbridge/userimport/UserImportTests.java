package io.qlikbridge.userimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.StoreTest;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUserStore;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.useradmin.UserReader;
import io.qlikbridge.username.Username;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An import from the inside: what is held in memory, who is told, and who else is at it. */
@StoreTest
@Import({UserImportTests.Leases.class, UserImportTests.Listener.class})
class UserImportTests {

    /** One batch, and what the decoder and the CSV reader hold of lines of 20 bytes. A number: no setting moves it. */
    private static final int MOST_HELD = 2_500;

    private static final int MANY = 40_000;

    @Autowired
    private UserImport users;

    @Autowired
    private UserImportStore importStore;

    @Autowired
    private LocalUserStore store;

    @Autowired
    private UserReader reader;

    @Autowired
    private Connections connections;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcTemplate jdbc;

    private int reads;

    @Autowired
    private Leases leases;

    @Autowired
    private Listener listener;

    @BeforeEach
    void start() {
        jdbc.execute("truncate local_user, connection cascade");
        jdbc.update("""
                insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template,
                    created_at, updated_at)
                values ('main', 0, 'QLIK_CLOUD', 'https://t.qlikcloud.com', 'i', 'P1D', 'DEFAULT', '{username}', now(), now())
                """);
        leases.ended.clear();
        leases.former.clear();
        leases.refuses = false;
        listener.heard.clear();
    }

    @Test
    void takeWhenThereAreManyLinesHoldsFewOfThem() throws IOException {
        // a dozen times as many as may be held; a hundred thousand come over HTTP in another test
        int count = 30_000;
        List<Integer> held = new ArrayList<>();
        GeneratedLines lines = new GeneratedLines(
                "username,subject:main\n",
                number -> (100_000 + number) + "-user,s|" + (100_000 + number) + "\n",
                count);
        // read in the thread, and therefore in the transaction, of the import: it sees what has been staged
        InputStream body = watched(lines, () -> {
            if (reads++ % 2 == 0 && isStaging()) {
                held.add(lines.made() - jdbc.queryForObject("select count(*) from user_import", Integer.class));
            }
        });

        ImportAnswer answer = users.take(body, false);

        assertThat(answer).isEqualTo(new ImportAnswer(count, 0, 0, List.of()));
        assertThat(held).hasSizeGreaterThan(30).allMatch(lead -> lead <= MOST_HELD);
    }

    /** What PostgreSQL has planned for a small table is not used for the large one that an import makes of it. */
    @Test
    void takeWhenTheSessionHasPlansForFewUsersIsPlannedForMany() throws IOException {
        InputStream body = watched(lines("true", "s", MANY), () -> {
            if (reads++ == 0 && isStaging()) {
                jdbc.execute("analyze local_user");
                IntStream.range(0, 10).forEach(this::addByItself);
                // for what takes a second, and would take a minute
                jdbc.execute("set local statement_timeout = '20s'");
            } else if (!isStaging()) {
                reads = 0;
            }
        });

        assertThat(users.take(body, true)).isEqualTo(new ImportAnswer(MANY, 0, 0, List.of()));
    }

    @Test
    void takeWhenAllUsersAreOneAtTheTenantWarnsOfSome() throws IOException {
        ImportAnswer answer = users.take(
                new GeneratedLines("username,subject:main\n", number -> "user-" + number + ",shared\n", 20_000), true);

        assertThat(answer.created()).isEqualTo(20_000);
        assertThat(answer.warnings()).hasSize(21).last().asString().contains("more users");
    }

    private void addByItself(int number) {
        UUID id = UUID.randomUUID();
        jdbc.update(
                "insert into local_user (id, version, username, email_verified, groups, enabled, created_at, updated_at)"
                        + " values (?, 0, ?, false, '{}', true, now(), now())",
                id,
                "by-itself-" + number);
        jdbc.update(
                "insert into subject_mapping (user_id, connection_id, subject) values (?, 'main', ?)",
                id,
                "x" + number);
    }

    @Test
    void nextWhenRecordsAreLongHoldsFewerOfThem() throws IOException {
        String groups = IntStream.range(0, 1000)
                .mapToObj(number -> number + "g".repeat(250))
                .collect(Collectors.joining(";"));
        ImportErrors errors = new ImportErrors();
        ImportFile file = new ImportFile(
                new GeneratedLines("username,groups\n", number -> number + "," + groups + "\n", 100), errors);
        ImportColumns columns = ImportHeader.read(file.next(), connections::known, errors);
        ImportLines lines = new ImportLines(file, columns, reader, clock.instant(), errors);

        List<Integer> sizes = new ArrayList<>();
        for (List<ImportLine> some = lines.next(); !some.isEmpty(); some = lines.next()) {
            sizes.add(some.size());
        }

        assertThat(errors.list()).isEmpty();
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(sizes).allMatch(size -> size <= 5);
    }

    @Test
    void takeWhenAllLinesAreWrongHoldsAThousandErrors() throws IOException {
        ImportAnswer answer = users.take(new GeneratedLines("username\n", number -> "x\0\n", 50_000), false);

        assertThat(answer.errors())
                .hasSize(1001)
                .last()
                .isEqualTo(new ImportError(1002, "From here on, 49000 more lines are wrong"));
    }

    @Test
    void takeWhenUsersChangeTellsTheirLeasesInTheTransactionAndInBatches() throws IOException {
        users.take(lines("true", "s", 2_500), false);
        Set<UUID> all = ids("%");

        users.take(lines("false", "s", 1_200), false);

        assertThat(leases.ended).hasSize(2).allMatch(batch -> batch.size() <= 1000);
        assertThat(leases.ended.stream().flatMap(List::stream)).hasSize(1200).doesNotHaveDuplicates();
        assertThat(leases.former).isEmpty();

        leases.ended.clear();
        users.take(lines("true", "t", 2_500), false);

        assertThat(leases.ended).isEmpty();
        assertThat(leases.former).hasSize(3).allMatch(batch -> batch.size() <= 1000);
        assertThat(leases.former.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(leases.outside).isFalse();
    }

    @Test
    void takeWhenLeasesCannotBeEndedKeepsNothing() throws IOException {
        users.take(lines("true", "s", 1), false);
        leases.refuses = true;

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> users.take(lines("false", "s", 2), false));

        assertThat(jdbc.queryForList("select enabled from local_user", Boolean.class))
                .containsExactly(true);
        assertThat(listener.heard).hasSize(1);
    }

    @Test
    void takeWhenKeptPublishesOneEvent() throws IOException {
        users.take(lines("true", "s", 3), true);
        users.take(csv("username\nx\0\n"), false);
        assertThat(listener.heard).isEmpty();

        users.take(lines("true", "s", 3), false);
        users.take(csv("username,name\n0-user,\n1-user,One\nnew,\n"), false);

        assertThat(listener.heard).containsExactly(new UsersImported(3, 0, 0), new UsersImported(1, 1, 1));
        assertThat(leases.ended).isEmpty();
    }

    @Test
    void takeWhenADryRunWouldChangeUsersLeavesTheirLeases() throws IOException {
        users.take(lines("true", "s", 3), false);

        assertThat(users.take(lines("false", "t", 3), true).updated()).isEqualTo(3);

        assertThat(leases.ended).isEmpty();
        assertThat(leases.former).isEmpty();
    }

    @Test
    void takeWhenAUserWasReadBeforeRefusesToHaveItOverwritten() throws IOException {
        users.take(csv("username,name\nada,Ada\n"), false);
        UUID id = store.find(new Username("ada")).orElseThrow().id();

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> store.replace(
                        id,
                        before -> {
                            inAnotherThread(() -> take("username,name\nada,Imported\n"));
                            return before.disabled();
                        },
                        disabled -> {}));

        assertThat(store.find(id).orElseThrow().user().name()).isEqualTo("Imported");
        assertThat(store.find(id).orElseThrow().user().enabled()).isTrue();
    }

    @Test
    void takeWhenAUserIsChangedMeanwhileComparesWithTheChange() throws IOException {
        users.take(csv("username,name\nada,Ada\nbob,Bob\n"), false);
        InputStream body = watched(csv("username,name\nada,Ada\nbob,Bob\n"), () -> {
            if (isStaging()) {
                inAnotherThread(() -> jdbc.update("update local_user set name = 'Changed' where username = 'bob'"));
            }
        });

        assertThat(users.take(body, false)).isEqualTo(new ImportAnswer(0, 1, 1, List.of()));
        assertThat(jdbc.queryForList("select name from local_user order by name", String.class))
                .containsExactly("Ada", "Bob");
    }

    @Test
    void takeWhenAConnectionIsDeletedMeanwhileIsAConflict() {
        InputStream body = watched(csv("username,subject:main\nada,x\n"), () -> {
            if (isStaging()) {
                inAnotherThread(() -> jdbc.update("delete from connection"));
            }
        });

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> users.take(body, false))
                .extracting(BridgeException::code)
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(store.find(new Username("ada"))).isEmpty();
    }

    @Test
    void takeWhenAnotherImportIsUnderWayIsTooBusy() throws IOException {
        List<ProblemCode> refused = new ArrayList<>();
        InputStream body = watched(csv("username\nada\n"), () -> {
            if (refused.isEmpty()) {
                assertThatExceptionOfType(BridgeException.class)
                        .isThrownBy(() -> users.take(csv("username\nbob\n"), false))
                        .satisfies(busy -> refused.add(busy.code()));
            }
        });

        assertThat(users.take(body, false).created()).isOne();

        assertThat(refused).containsExactly(ProblemCode.TOO_BUSY);
        assertThat(users.take(csv("username\nbob\n"), false).created()).isOne();
    }

    /** Two replicas, whose files name the same users in opposite orders. */
    @Test
    void takeWhenReplicasImportTheSameUsersNeitherDeadlocksNorMixesThem() throws Exception {
        users.take(lines("true", "s", 400), false);
        try (ExecutorService replicas = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 5; round++) {
                List<Future<ImportAnswer>> answers = new ArrayList<>();
                for (boolean backwards : List.of(false, true)) {
                    UserImport replica = new UserImport(connections, reader, importStore, clock);
                    String name = backwards + "-" + round;
                    answers.add(replicas.submit(() -> replica.take(
                            new GeneratedLines(
                                    "username,name\n",
                                    number -> (backwards ? 399 - number : number) + "-user," + name + "\n",
                                    400),
                            false)));
                }
                for (Future<ImportAnswer> answer : answers) {
                    assertThat(answer.get()).isEqualTo(new ImportAnswer(0, 400, 0, List.of()));
                }
                assertThat(jdbc.queryForObject("select count(distinct name) from local_user", Integer.class))
                        .isOne();
            }
        }
        assertThat(jdbc.queryForObject("select min(version) from local_user", Integer.class))
                .isEqualTo(10);
    }

    private ImportAnswer take(String file) {
        try {
            return users.take(csv(file), false);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Set<UUID> ids(String username) {
        return Set.copyOf(jdbc.queryForList("select id from local_user where username like ?", UUID.class, username));
    }

    private boolean isStaging() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && jdbc.queryForObject("select to_regclass('user_import') is not null", Boolean.class);
    }

    private static InputStream lines(String enabled, String subject, int count) {
        return new GeneratedLines(
                "username,enabled,subject:main\n",
                number -> number + "-user," + enabled + "," + subject + "|" + number + "\n",
                count);
    }

    private static InputStream csv(String file) {
        return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream watched(InputStream body, Runnable watch) {
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                watch.run();
                return super.read(buffer, offset, length);
            }
        };
    }

    private static <T> T inAnotherThread(Supplier<T> work) {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(work::get).get();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Hears whose leases are to end. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Leases implements UserLeases {

        private final List<List<UUID>> ended = new ArrayList<>();
        private final List<List<UUID>> former = new ArrayList<>();
        private boolean refuses;
        private boolean outside;

        @Autowired
        private JdbcTemplate jdbc;

        @Override
        public void revoke(UUID user) {
            throw new IllegalStateException("An import does not wait for tenants");
        }

        @Override
        public void end(Collection<UUID> users) {
            hear(ended, users);
        }

        @Override
        public void held(Held told) {}

        @Override
        public void endFormer(Collection<UUID> users) {
            hear(former, users);
        }

        private void hear(List<List<UUID>> heard, Collection<UUID> users) {
            if (refuses) {
                throw new IllegalStateException("No lease ends today");
            }
            outside |= !TransactionSynchronizationManager.isActualTransactionActive();
            // whoever leases asks the database too, while the users are read out of it
            jdbc.queryForList("select id from local_user", UUID.class);
            heard.add(List.copyOf(users));
        }
    }

    /** Hears what is published. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Listener {

        private final List<UsersImported> heard = new ArrayList<>();

        @EventListener
        void hear(UsersImported event) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            heard.add(event);
        }
    }
}
