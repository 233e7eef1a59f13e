package io.qlikbridge.connectionadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.JsonRequests;
import io.qlikbridge.StoreTest;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionKinds;
import io.qlikbridge.connection.ConnectionLeases;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@StoreTest
class ConnectionControllerTests {

    private static final ConnectionId MAIN = new ConnectionId("main");
    private static final String BODY = """
            {"type": "qlik-cloud", "host": "https://Tenant.eu.qlikcloud.com/", "issuer": "https://bridge.example.org",
             "apiKeyExpiry": "P30D"}""";

    @Autowired
    private ConnectionStore store;

    @Autowired
    private ConnectionReader reader;

    @Autowired
    private ConnectionKinds kinds;

    @Autowired
    private ApiKeyMaximums maximums;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final FakeLeases leases = new FakeLeases();
    private final Map<ConnectionId, SigningKeysInUse> signingKeys = new HashMap<>();
    private final List<Integer> askedForKeys = new ArrayList<>();
    private Connections connections;
    private JsonRequests requests;

    @BeforeEach
    void start() {
        jdbc.update("delete from connection");
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("leases", leases);
        beans.addBean("keys", (ConnectionSigningKeys) ids -> {
            askedForKeys.add(ids.size());
            return signingKeys;
        });
        connections = new Connections(store, beans.getBeanProvider(ConnectionLeases.class), TestChanges.none());
        requests = new JsonRequests(new ConnectionController(new ConnectionAdmin(
                connections,
                reader,
                new ConnectionView(kinds, beans.getBeanProvider(ConnectionSigningKeys.class)),
                clock)));
    }

    @Test
    void putWhenNewMakesTheConnection() {
        MvcTestResult made = requests.put("/api/v1/connections/main", BODY).exchange();

        assertThat(made).hasStatus(HttpStatus.CREATED).hasHeader("Location", "/api/v1/connections/main");
        assertThat(made).bodyJson().isStrictlyEqualTo("""
                {"id": "main", "type": "qlik-cloud", "host": "https://tenant.eu.qlikcloud.com", "webIntegrationId": null,
                 "origin": null, "issuer": "https://bridge.example.org", "apiKeyExpiry": "P30D",
                 "signIn": "jwt", "keeps": "api-keys", "sessionLifespan": "PT24H", "scope": "user_default",
                 "effectiveApiKeyExpiry": "P30D", "subjects": "default", "subjectTemplate": "{username}",
                 "sslBundle": null, "signingKey": null, "warnings": [],
                 "createdAt": "2026-03-01T10:00:00.123456Z", "updatedAt": "2026-03-01T10:00:00.123456Z"}""");
    }

    @Test
    void putWhenSentAgainReplacesAndAnswersTheSame() throws Exception {
        String first = requests.put("/api/v1/connections/main", BODY)
                .exchange()
                .getResponse()
                .getContentAsString();

        MvcTestResult again = requests.put("/api/v1/connections/main", BODY).exchange();

        assertThat(again).hasStatusOk().doesNotContainHeader("Location");
        assertThat(again).bodyJson().isStrictlyEqualTo(first);
        assertThat(requests.get("/api/v1/connections/main")).bodyJson().isStrictlyEqualTo(first);
    }

    @Test
    void putWhenTenantMaximumWasFoundForgetsItAndKeepsTheTimeOfCreation() {
        Instant before = Instant.parse("2025-01-01T00:00:00Z");
        store.put(connection(MAIN, before));
        jdbc.update("update connection set updated_at = updated_at - interval '1 second'");
        maximums.found(connections.of(MAIN), new ApiKeyExpiry("PT24H"));
        assertThat(requests.get("/api/v1/connections/main"))
                .bodyJson()
                .extractingPath("effectiveApiKeyExpiry")
                .isEqualTo("PT24H");

        requests.put("/api/v1/connections/main", BODY).exchange();

        Connection put = connections.of(MAIN);
        assertThat(maximums.effectiveExpiry(put)).isEqualTo(new ApiKeyExpiry("P30D"));
        assertThat(put.createdAt()).isEqualTo(before);
        assertThat(put.updatedAt()).isEqualTo(StoreTest.NOW_KEPT);
    }

    @Test
    void putWhenPropertyIsUnknownIsRefused() {
        MvcTestResult refused = requests.put("/api/v1/connections/main", "{\"hots\": \"x\", \"settings\": {}}")
                .exchange();

        assertThat(JsonRequests.refusal(refused).violations())
                .extracting(Violation::pointer)
                .contains("#/hots", "#/settings");
    }

    @Test
    void putWhenSeveralAreAtItHasOneMakerAndNoOtherFailureThanAConflict() throws Exception {
        int callers = 16;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<MvcTestResult>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return requests.put("/api/v1/connections/main", BODY).exchange();
                }));
            }
            start.countDown();
        }

        int made = 0;
        for (Future<MvcTestResult> answer : answers) {
            MvcTestResult result = answer.get();
            if (result.getUnresolvedException() == null) {
                made += result.getResponse().getStatus() == 201 ? 1 : 0;
            } else {
                assertThat(result.getUnresolvedException()).hasCauseInstanceOf(OptimisticLockingFailureException.class);
            }
        }
        assertThat(made).isEqualTo(1);
    }

    @Test
    void showWhenSigningKeyIsActiveShowsIt() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));
        signingKeys.put(
                MAIN,
                new SigningKeysInUse(
                        new SigningKeyView(
                                "key-1", "RS256", 4096, "thumb", "active", StoreTest.NOW_KEPT, StoreTest.NOW_KEPT),
                        List.of("It ends soon.")));

        assertThat(requests.get("/api/v1/connections/main")).bodyJson().satisfies(shown -> {
            assertThat(shown).extractingPath("signingKey.kid").isEqualTo("key-1");
            assertThat(shown).extractingPath("warnings").asArray().containsExactly("It ends soon.");
        });
    }

    @Test
    void listAsksForTheSigningKeysOfAllConnectionsAtOnce() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));
        store.put(connection(new ConnectionId("other"), StoreTest.NOW_KEPT));

        requests.get("/api/v1/connections").exchange();

        assertThat(askedForKeys).containsExactly(2);
    }

    @Test
    void showWhenThereIsNoneIsNotFound() {
        refusedWith(
                ProblemCode.CONNECTION_NOT_FOUND,
                requests.get("/api/v1/connections/other").exchange());
    }

    @Test
    void listWhenThereAreMoreThanTheLimitAnswersPageByPage() {
        for (String id : List.of("c", "a", "e", "b", "d")) {
            store.put(connection(new ConnectionId(id), StoreTest.NOW_KEPT));
        }

        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            var page = connections.page(new PageQuery(2, after));
            page.items().forEach(connection -> seen.add(connection.id().value()));
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(requests.get("/api/v1/connections?limit=2"))
                .bodyJson()
                .extractingPath("items[*].id")
                .asArray()
                .containsExactly("a", "b");
    }

    @Test
    void listWhenQueryIsNotOursIsRefused() {
        refusedWith(
                ProblemCode.INVALID_REQUEST,
                requests.get("/api/v1/connections?limit={limit}", 0).exchange());
        refusedWith(
                ProblemCode.INVALID_REQUEST,
                requests.get("/api/v1/connections?after={after}", "a\0b").exchange());
        refusedWith(
                ProblemCode.INVALID_REQUEST,
                requests.get("/api/v1/connections?after={after}", "AA").exchange());
    }

    @Test
    void deleteWhenNothingIsIssuedDeletes() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));

        assertThat(requests.delete("/api/v1/connections/main")).hasStatus(HttpStatus.NO_CONTENT);

        assertThat(connections.find(MAIN)).isEmpty();
        refusedWith(
                ProblemCode.CONNECTION_NOT_FOUND,
                requests.delete("/api/v1/connections/main").exchange());
    }

    @Test
    void deleteWhenCredentialsAreAliveIsAConflictThatCountsThem() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));
        leases.alive = 3;

        MvcTestResult refused = requests.delete("/api/v1/connections/main").exchange();

        assertThat(refusedWith(ProblemCode.CONFLICT, refused)).contains("main", "3", "?revoke=true");
        assertThat(connections.find(MAIN)).isPresent();
        assertThat(leases.revoked).isEmpty();
    }

    @Test
    void deleteWhenAskedToRevokeEndsThemFirst() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));
        leases.alive = 3;

        assertThat(requests.delete("/api/v1/connections/main?revoke=true")).hasStatus(HttpStatus.NO_CONTENT);

        assertThat(leases.revoked).containsExactly(MAIN);
        assertThat(connections.find(MAIN)).isEmpty();
    }

    @Test
    void deleteWhenThereIsNoneRevokesNothing() {
        refusedWith(
                ProblemCode.CONNECTION_NOT_FOUND,
                requests.delete("/api/v1/connections/main?revoke=true").exchange());

        assertThat(leases.revoked).isEmpty();
    }

    @Test
    void deleteWhenACredentialIsBeingAddedWaitsAndCountsIt() throws Exception {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));
        leases.counting = () -> jdbc.queryForObject("select count(*) from issue_attempt", Long.class);
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> issuing = threads.submit(() -> transaction.executeWithoutResult(within -> {
                jdbc.update(
                        "insert into issue_attempt (id, connection_id, username, subject, host, operation, deadline,"
                                + " created_at) values (gen_random_uuid(), 'main', 'ada', 'ada', 'h', gen_random_uuid(), now(), now())");
                added.countDown();
                await(commit);
            }));
            await(added);
            Future<MvcTestResult> deleting = threads.submit(
                    () -> requests.delete("/api/v1/connections/main").exchange());
            Thread.sleep(200); // long enough for a deletion that does not wait to be over
            assertThat(deleting.isDone()).isFalse();
            commit.countDown();
            issuing.get();

            refusedWith(ProblemCode.CONFLICT, deleting.get());
        }
        assertThat(connections.find(MAIN)).isPresent();
    }

    @Test
    void knownWhenSomeIdsAreUnknownLeavesThemOut() {
        store.put(connection(MAIN, StoreTest.NOW_KEPT));

        assertThat(connections.known(List.of(MAIN, new ConnectionId("other")))).containsExactly(MAIN);
        assertThat(connections.known(List.of())).isEmpty();
    }

    private static Connection connection(ConnectionId id, Instant created) {
        return TestConnections.connection(id).createdAt(created);
    }

    private static String refusedWith(ProblemCode code, MvcTestResult result) {
        BridgeException refusal = JsonRequests.refusal(result);
        assertThat(refusal.code()).isEqualTo(code);
        return refusal.detail();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static final class FakeLeases implements ConnectionLeases {

        private final List<ConnectionId> revoked = new ArrayList<>();
        private long alive;
        private LongSupplier counting = () -> alive;

        @Override
        public long alive(ConnectionId connection) {
            return counting.getAsLong();
        }

        @Override
        public void revoke(ConnectionId connection) {
            revoked.add(connection);
            alive = 0;
        }
    }
}
