package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** A replica that is told to stop while keys are being made ends what it began, and begins nothing. */
class ShutdownTests {

    private static final String SUBJECT = "hr|4711";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> database = TestDatabase.fresh();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private SimulatedTenant tenant;
    private Product bridge;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        bridge = Product.start(database, Map.of("management.server.port", 0, "bridge.tenant.read-timeout", "PT60S"));
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        released.countDown();
        bridge.close();
        tenant.close();
    }

    @Test
    void requestInTheMiddleOfIssuingIsAnsweredAndItsKeyRecorded() throws Exception {
        URI callers = URI.create(bridge.url());
        TestHttp probes = new TestHttp(
                bridge.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class));
        holdTheMakingOfKeys();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> bridge.token(main, ada));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(bridge::close);

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> connect(callers)).isInstanceOf(ConnectException.class));
        assertThat(probed(probes, "readiness")).startsWith("HTTP/1.1 503");
        assertThat(probed(probes, "liveness")).startsWith("HTTP/1.1 200");
        assertThat(answer).isNotDone();
        released.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS)
                        .expect(200)
                        .json()
                        .path("token")
                        .asString())
                .isNotEmpty();
        stopped.get(20, TimeUnit.SECONDS);
        assertThat(keysInUse())
                .containsExactly(tenant.activeKeys(SUBJECT).getFirst().id());
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(1);
        assertThat(states()).containsExactly("ACTIVE");
    }

    private static String probed(TestHttp probes, String what) {
        return probes.raw("GET /actuator/health/" + what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void renewalInTheMiddleOfIssuingEndsWithItsKeyRecorded() throws Exception {
        bridge.token(main, ada).expect(200);
        holdTheMakingOfKeys();
        TestDatabase.jdbc(database).sql("update lease set renew_at = now()").update();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(bridge::close);

        Thread.sleep(1_000);
        assertThat(stopped).isNotDone();
        released.countDown();
        stopped.get(20, TimeUnit.SECONDS);
        assertThat(states()).containsExactlyInAnyOrder("SUPERSEDED", "ACTIVE");
        assertThat(keysInUse())
                .isSubsetOf(tenant.activeKeys(SUBJECT).stream().map(ApiKey::id).toList())
                .hasSize(1);
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(2);
    }

    private void holdTheMakingOfKeys() {
        tenant.before(request -> {
            if (request.getMethod().getName().equals("POST") && request.getUrl().startsWith("/api/v1/api-keys")) {
                asked.countDown();
                try {
                    released.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
            }
            return Optional.empty();
        });
    }

    private static void connect(URI address) throws IOException {
        new Socket(address.getHost(), address.getPort()).close();
    }

    private List<String> keysInUse() {
        return TestDatabase.jdbc(database)
                .sql("select qlik_key_id from lease where state = 'ACTIVE'")
                .query(String.class)
                .list();
    }

    private List<String> states() {
        return TestDatabase.jdbc(database).sql("""
                        select cast(state as text) from lease
                        union all select case when failed_at is null then 'ISSUING' else 'FAILED' end from issue_attempt
                        """).query(String.class).list();
    }
}
