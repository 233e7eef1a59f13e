package io.qlikbridge.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.StoreTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database tells, and what becomes of what is remembered when it cannot be heard. */
@StoreTest
class ChangeFeedTests {

    private static final UUID ADA = UUID.fromString("01980000-0000-7000-8000-000000000001");

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    private final ChangeFeed changes = new ChangeFeed(new CacheProperties(Duration.ofSeconds(2), 100));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean withoutHeartbeat;
    private Heartbeat heartbeat;
    private ChangeListener listener;

    @BeforeEach
    void start() {
        jdbc.update("delete from local_user");
        jdbc.update("delete from connection");
        jdbc.update("""
                insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template,
                    created_at, updated_at)
                values ('main', 0, 'QLIK_CLOUD', 'https://t.eu.qlikcloud.com', 'i', 'P1D', 'DEFAULT', '{username}', now(), now())
                """);
        user(ADA, "ada");
        DataSource perhaps = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    boolean heartbeat = Thread.currentThread().getName().equals("news-heartbeat");
                    if (away || withoutHeartbeat && heartbeat) {
                        throw new SQLException("away");
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        CacheProperties properties = new CacheProperties(Duration.ofSeconds(2), 100);
        heartbeat = new Heartbeat(perhaps, changes, properties);
        listener = new ChangeListener(perhaps, changes, heartbeat);
        heartbeat.start();
        listener.start();
        awaitFresh();
        for (ChangeType type : ChangeType.values()) {
            changes.on(type, change -> heard.add(text(change)));
        }
    }

    @AfterEach
    void stop() {
        listener.stop();
        heartbeat.stop();
    }

    @Test
    void changedConnectionIsTold() {
        jdbc.update("update connection set host = 'https://u.eu.qlikcloud.com'");
        awaitHeard("connection main");
    }

    @Test
    void deletedConnectionIsTold() {
        jdbc.update("delete from connection");
        awaitHeard("connection main");
    }

    @Test
    void changedUserIsToldByTheNameItHad() {
        jdbc.update("update local_user set username = 'eva'");
        awaitHeard("user ada");
    }

    @Test
    void deletedUserIsTold() {
        jdbc.update("delete from local_user");
        awaitHeard("user ada");
    }

    @Test
    void givenSubjectIsToldAndWhoHasIt() {
        jdbc.update("insert into subject_mapping values (?, 'main', 'hr/4711 b')", ADA);
        awaitHeard("user ada", "subject main/hr/4711 b");
    }

    @Test
    void otherSubjectIsToldAndWhoHasIt() {
        jdbc.update("insert into subject_mapping values (?, 'main', 'one')", ADA);
        awaitHeard("subject main/one");
        heard.clear();
        jdbc.update("update subject_mapping set subject = 'two'");
        awaitHeard("user ada", "subject main/two");
    }

    @Test
    void takenSubjectIsTold() {
        jdbc.update("insert into subject_mapping values (?, 'main', 'one')", ADA);
        awaitHeard("user ada");
        heard.clear();
        jdbc.update("delete from subject_mapping");
        awaitHeard("user ada");
    }

    @Test
    void changesOfManyUsersAreToldAtOnce() {
        for (int number = 0; number < 101; number++) {
            user(UUID.randomUUID(), "user-" + number);
        }
        jdbc.update("update local_user set name = 'Somebody'");
        jdbc.update("insert into subject_mapping select id, 'main', username from local_user");
        awaitHeard("user *", "subject *");
        assertThat(heard).doesNotContain("user user-7", "subject main/user-7");
    }

    @Test
    void endOfALeaseIsToldAndItsUseIsNot() {
        jdbc.update("""
                insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation,
                    created_at, qlik_key_id, sealed_with, nonce, ciphertext, issued_at, expires_at)
                values (gen_random_uuid(), 'main', ?, 'ada', 's', 'h', 'a', 'ACTIVE', gen_random_uuid(), now(), 'k', 'k1',
                    '', '', now(), now())
                """, ADA);
        jdbc.update("update lease set last_used_at = now(), promised_until = now(), renewal_attempts = 2");
        jdbc.update("update connection set issuer = 'j'");
        awaitHeard("connection main");
        assertThat(heard).containsExactly("connection main");

        jdbc.update("update lease set state = 'REVOKING'");
        awaitHeard("lease main/" + ADA + "/" + jdbc.queryForObject("select xmin from lease", String.class));
    }

    @Test
    void endOfAnAttemptToIssueIsToldHoweverItEnds() {
        attempt();
        jdbc.update("update issue_attempt set deadline = now() + interval '1 minute'");
        jdbc.update("update connection set issuer = 'j'");
        awaitHeard("connection main");
        assertThat(heard).containsExactly("connection main");

        jdbc.update("update issue_attempt set failed_at = now()");
        awaitHeard("lease main/" + ADA + "/" + jdbc.queryForObject("select xmin from issue_attempt", String.class));
        heard.clear();
        attempt();
        jdbc.update("delete from issue_attempt where failed_at is null");
        await().until(() -> heard.stream().anyMatch(change -> change.startsWith("lease main/" + ADA)));
    }

    private void attempt() {
        jdbc.update("""
                insert into issue_attempt (id, operation, connection_id, user_id, username, subject, host, created_at, deadline)
                values (gen_random_uuid(), gen_random_uuid(), 'main', ?, 'ada', 's', 'h', now(), now())
                """, ADA);
    }

    @Test
    void changeInATransactionThatFailsIsNotTold() {
        changes.tell(new Change.OfUser("before"));
        jdbc.execute("begin; update local_user set name = 'x'; rollback");
        jdbc.update("update connection set issuer = 'j'");
        awaitHeard("connection main");
        assertThat(heard).containsExactly("user before", "connection main");
    }

    @Test
    void whatAnybodyElseNotifiesDoesNoHarm() {
        jdbc.execute("notify bridge_news, 'beat '; notify bridge_news; notify bridge_news, 'lease what'");
        jdbc.execute("notify bridge_news, 'weather fine'");
        jdbc.execute(
                "notify bridge_news, 'lease main/what'; notify bridge_news, 'lease a/b/c/d'; notify bridge_news, 'subject x'");
        changes.on(ChangeType.CLIENT, change -> {
            throw new IllegalStateException("whatever it is");
        });
        jdbc.execute("notify bridge_news, 'client what'");
        jdbc.update("update connection set issuer = 'j'");
        awaitHeard("connection main");
    }

    @Test
    void whatChangesWhileTheListeningConnectionIsCutIsNoticedWhenItIsBack() {
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);

        cut();
        jdbc.update("update local_user set name = 'Eva'");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> reads.get() > 1
                        || !memory.get("ada", this::read).orElseThrow().equals("ada 1"));
        awaitFresh();
    }

    @Test
    void whatIsRememberedCountsForTheTimeLimitWhenTheDatabaseStaysAway() {
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);
        away = true;
        cut();

        assertThat(memory.get("ada", this::read)).contains("ada 1");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> memory.get("ada", this::read).orElseThrow().equals("ada 2"));
    }

    @Test
    void listeningConnectionOnWhichNothingIsHeardIsReplaced() {
        List<Integer> before = listening();

        withoutHeartbeat = true;

        await().atMost(Duration.ofSeconds(20)).until(() -> listening().stream().anyMatch(pid -> !before.contains(pid)));
        withoutHeartbeat = false;
        awaitFresh();
    }

    private List<Integer> listening() {
        return jdbc.queryForList("""
                select pid from pg_stat_activity
                where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()
                """, Integer.class);
    }

    private Optional<String> read(String key) {
        return Optional.of(key + " " + reads.incrementAndGet());
    }

    private void cut() {
        Integer ended = jdbc.queryForObject("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()
                """, Integer.class);
        assertThat(ended).isPositive();
    }

    private void user(UUID id, String username) {
        jdbc.update("""
                insert into local_user (id, version, username, email_verified, groups, enabled, created_at, updated_at)
                values (?, 0, ?, false, '{}', true, now(), now())
                """, id, username);
    }

    private void awaitFresh() {
        TestChanges.awaitArriving(changes);
    }

    private void awaitHeard(String... all) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).contains(all));
    }

    private static String text(Change change) {
        return change.type().word() + " "
                + switch (change) {
                    case Change.OfConnection connection -> connection.id();
                    case Change.OfUser user -> user.username();
                    case Change.OfSubject subject -> subject.connection() + "/" + subject.subject();
                    case Change.OfLease lease ->
                        lease.connection() + "/" + lease.user()
                                + (lease.transaction() == null ? "" : "/" + lease.transaction());
                    case Change.OfClient client -> client.row();
                    case Change.OfAll all -> "*";
                };
    }
}
