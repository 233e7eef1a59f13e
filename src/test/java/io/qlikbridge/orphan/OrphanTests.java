package io.qlikbridge.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.lease.Installation;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys at the tenant that no lease knows. */
@OneAtATime
class OrphanTests {

    private static final String SUBJECT = "hr|4711";

    private Product bridge = Product.undisturbed();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        connect();
    }

    private void connect() {
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void attemptAfterAnAmbiguousOneDeletesItsKeyFirst() {
        AtomicInteger most = new AtomicInteger();
        tenant.after((request, answer) -> {
            most.accumulateAndGet(tenant.activeKeys(SUBJECT).size(), Math::max);
            return request.getMethod().value().equals("POST")
                            && request.getUrl().equals("/api/v1/api-keys")
                            && tenant.keysMade(SUBJECT) == 1
                    ? Faults.reset()
                    : answer;
        });
        bridge.apps(main, ada).expectProblem(503, "tenant-unreachable");
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(1);

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.keysMade(SUBJECT)).isEqualTo(2);
        assertThat(tenant.activeKeys(SUBJECT)).extracting(ApiKey::id).containsExactly(keyInUse());
        assertThat(most).hasValue(1);
        assertThat(watched()).isZero();
    }

    @Test
    void keyThatTheTenantMadeLateIsDeletedWhenItAppears() {
        UUID operation = insertFailedOperation();
        bridge.apps(main, ada).expect(200);
        assertThat(watched()).isOne();
        String late = makeKey(description(operation));
        makeDue();

        bridge.bean(OrphanWatch.class).look();

        assertThat(tenant.activeKeys(SUBJECT))
                .extracting(ApiKey::id)
                .doesNotContain(late)
                .containsExactly(keyInUse());
        assertThat(watched()).isZero();
    }

    @Test
    void watchEndsWhenTheKeyCanNoLongerAppear() {
        insertFailedOperation();
        bridge.bean(JdbcClient.class)
                .sql("update issue_attempt set watched_until = now() - interval '1 second' where username = :user")
                .param("user", ada)
                .update();
        makeDue();

        bridge.bean(OrphanWatch.class).look();

        assertThat(watched()).isZero();
    }

    @Test
    void watchGoesOnWhileTheTenantCannotBeAsked() {
        insertFailedOperation();
        tenant.before(request -> Optional.of(Faults.reset()));
        makeDue();

        bridge.bean(OrphanWatch.class).look();

        assertThat(watched()).isOne();
    }

    @Test
    void claimThatIsNeverAskedForAgainIsAbandonedAndItsKeyDeleted() {
        bridge.apps(main, ada).expect(200);
        UUID operation = UUID.randomUUID();
        insert(operation, "clock_timestamp() - interval '1 second'", "null, null, null");
        String orphan = makeKey(description(operation));

        bridge.bean(OrphanWatch.class).look();

        assertThat(tenant.activeKeys(SUBJECT)).extracting(ApiKey::id).doesNotContain(orphan);
    }

    @Test
    void sweepDeletesWhatNoRowKnowsAndNothingElse() {
        bridge.apps(main, ada).expect(200);
        String unknown = makeKey(description(UUID.randomUUID()));
        String foreign = makeKey("my own key");
        String neighbour = makeKey("qlik-identity-bridge/" + UUID.randomUUID() + "/" + UUID.randomUUID());
        bridge.bean(JdbcClient.class)
                .sql("update lease set issued_at = issued_at - interval '2 hours' where username = :user")
                .param("user", ada)
                .update();

        bridge.bean(OrphanWatch.class).sweep();

        assertThat(tenant.activeKeys(SUBJECT))
                .extracting(ApiKey::id)
                .doesNotContain(unknown)
                .containsExactlyInAnyOrder(keyInUse(), foreign, neighbour);
        int calls = tenant.calls().size();
        bridge.bean(OrphanWatch.class).sweep();
        assertThat(tenant.calls()).hasSize(calls);
    }

    @Test
    void keyLimitThatOrphansReachIsMadeRoomIn() {
        for (int orphan = 0; orphan < 3; orphan++) {
            makeKey(description(UUID.randomUUID()));
        }
        String foreign = makeKey("my own key");
        String other = makeKey("my other key");

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.activeKeys(SUBJECT))
                .extracting(ApiKey::id)
                .containsExactlyInAnyOrder(keyInUse(), foreign, other);
    }

    @Test
    void keyLimitThatOthersReachIsToldWithTheirNumber() {
        for (int key = 0; key < 4; key++) {
            makeKey("my key " + key);
        }
        makeKey("qlik-identity-bridge/" + UUID.randomUUID() + "/" + UUID.randomUUID());

        assertThat(bridge.apps(main, ada)
                        .expectProblem(409, "api-key-limit-reached")
                        .detail())
                .contains("5 active API keys", "0 made by this bridge", "5 made otherwise");
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(5);
    }

    @Test
    void keyLimitThatTheTenantDoesNotTellIsMadeRoomInAllTheSame() {
        tenant.configReadable(false);
        for (int orphan = 0; orphan < 5; orphan++) {
            makeKey(description(UUID.randomUUID()));
        }

        bridge.apps(main, ada).expect(200);

        assertThat(tenant.activeKeys(SUBJECT)).extracting(ApiKey::id).containsExactly(keyInUse());
    }

    /** At a bridge that has no work for tenants of other tests, which are gone. */
    @Test
    void backgroundLooksByItself() {
        try (Product alone = Product.start(TestDatabase.fresh(), Map.of("db-scheduler.polling-interval", "PT0.5S"))) {
            bridge = alone;
            connect();
            bridge.apps(main, ada).expect(200);
            UUID operation = insertFailedOperation();
            String orphan = makeKey(description(operation));
            makeDue();
            // in place of the minute until the scheduler does so by itself
            bridge.bean(SchedulerClient.class)
                    .reschedule(TaskInstanceId.of("lease-orphans", RecurringTask.INSTANCE), Instant.now());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(tenant.activeKeys(SUBJECT))
                            .extracting(ApiKey::id)
                            .doesNotContain(orphan));
        }
    }

    private String description(UUID operation) {
        return bridge.bean(Installation.class).beginning() + operation;
    }

    private String makeKey(String description) {
        return tenant.makeKey(SUBJECT, description, Duration.ofHours(1)).id();
    }

    private String keyInUse() {
        return bridge.bean(JdbcClient.class)
                .sql("select qlik_key_id from lease where username = :user and state = 'ACTIVE'")
                .param("user", ada)
                .query(String.class)
                .single();
    }

    private UUID insertFailedOperation() {
        UUID operation = UUID.randomUUID();
        insert(operation, "clock_timestamp()", "now(), now(), now() + interval '1 hour'");
        return operation;
    }

    private void insert(UUID operation, String deadline, String failedAndWatched) {
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into issue_attempt (id, connection_id, user_id, username, subject, host, operation, deadline,
                            created_at, failed_at, next_look_at, watched_until)
                        select gen_random_uuid(), :connection, id, username, :subject, :host, :operation, %s, now(), %s
                        from local_user where username = :user
                        """.formatted(deadline, failedAndWatched))
                .param("connection", main)
                .param("subject", SUBJECT)
                .param("host", tenant.url())
                .param("operation", operation)
                .param("user", ada)
                .update();
    }

    private void makeDue() {
        bridge.bean(JdbcClient.class)
                .sql("update issue_attempt set next_look_at = now() - interval '1 second' where username = :user")
                .param("user", ada)
                .update();
    }

    private long watched() {
        return bridge.bean(JdbcClient.class)
                .sql("select count(*) from issue_attempt where username = :user and watched_until is not null")
                .param("user", ada)
                .query(Long.class)
                .single();
    }
}
