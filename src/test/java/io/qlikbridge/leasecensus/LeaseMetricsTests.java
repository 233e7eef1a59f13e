package io.qlikbridge.leasecensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.Scraped;
import io.qlikbridge.lease.Installation;
import io.qlikbridge.orphan.OrphanWatch;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the metrics say of leases. */
@OneAtATime
class LeaseMetricsTests {

    private static final String SUBJECT = "hr|4711";

    private final Product bridge = Product.undisturbed();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void connectionWithoutLeasesShowsZeros() {
        Scraped scraped = refreshed();

        for (String state : new String[] {"issuing", "active", "superseded", "revoking"}) {
            assertThat(scraped.lines("bridge_leases", Map.of("connection", main, "state", state)))
                    .singleElement()
                    .asString()
                    .endsWith(" 0.0");
        }
        assertThat(scraped.lines("bridge_lease_renewal_overdue", of())).singleElement();
        assertThat(scraped.lines("bridge_lease_orphans_found_total", of()))
                .singleElement()
                .asString()
                .endsWith(" 0.0");
        assertThat(scraped.lines("bridge_lease_expiry_seconds", of())).isEmpty();
    }

    @Test
    void leaseInUseIsCountedAndItsExpiryShown() {
        bridge.token(main, ada).expect(200);
        bridge.token(main, bridge.user(main, "hr|4712")).expect(200);
        update("expires_at = now() + interval '1 hour', last_used_at = issued_at");

        Scraped scraped = refreshed();

        assertThat(scraped.sum("bridge_leases", Map.of("connection", main, "state", "active")))
                .isEqualTo(2);
        assertThat(scraped.sum("bridge_lease_expiry_seconds", of())).isEqualTo(3600, within(60.0));
        assertThat(scraped.sum("bridge_lease_renewal_overdue", of())).isZero();
    }

    @Test
    void renewalThatIsLateByMoreThanTenMinutesIsOverdue() {
        bridge.token(main, ada).expect(200);
        // tried in vain, and not again just now
        update("last_used_at = issued_at, next_renewal_at = now() + interval '5 minutes',"
                + " renew_at = now() - interval '11 minutes'");
        assertThat(refreshed().sum("bridge_lease_renewal_overdue", of())).isOne();

        update("renew_at = now() - interval '9 minutes'");
        assertThat(refreshed().sum("bridge_lease_renewal_overdue", of())).isZero();
    }

    @Test
    void leaseThatIsNotInUseIsNeitherOverdueNorItsExpiryShown() {
        bridge.token(main, ada).expect(200);
        update("last_used_at = issued_at - interval '1 second', renew_at = now() - interval '11 minutes'");

        Scraped scraped = refreshed();

        assertThat(scraped.sum("bridge_lease_renewal_overdue", of())).isZero();
        assertThat(scraped.lines("bridge_lease_expiry_seconds", of())).isEmpty();
    }

    @Test
    void renewalIsMeasuredApartFromIssuing() {
        bridge.token(main, ada).expect(200);
        update("last_used_at = issued_at, renew_at = now() - interval '1 second'");

        Awaitility.await().until(() -> tenant.keysMade(SUBJECT) == 2);

        Awaitility.await().untilAsserted(() -> {
            Scraped scraped = Scraped.of(bridge);
            assertThat(scraped.sum("bridge_lease_renewal_seconds_count", outcome("success")))
                    .isOne();
            assertThat(scraped.sum("bridge_lease_issue_seconds_count", outcome("success")))
                    .isOne();
        });
    }

    @Test
    void limitThatIsReachedIsAnOutcomeThatWasZeroBefore() {
        tenant.maxKeysPerUser(1);
        tenant.makeKey(SUBJECT, "somebody else's", Duration.ofDays(1));
        assertThat(refreshed().lines("bridge_lease_issue_seconds_count", outcome("api-key-limit-reached")))
                .singleElement()
                .asString()
                .matches(".* 0(\\.0)?");

        bridge.token(main, ada).expectProblem(409, "api-key-limit-reached");

        Scraped scraped = Scraped.of(bridge);
        assertThat(scraped.sum("bridge_lease_issue_seconds_count", outcome("api-key-limit-reached")))
                .isOne();
    }

    @Test
    void orphanThatIsFoundIsCounted() {
        String description = bridge.bean(Installation.class).description(UUID.randomUUID());
        bridge.token(main, ada).expect(200);
        tenant.makeKey(SUBJECT, description, Duration.ofDays(1));
        update("swept_at = now() - interval '1 day', issued_at = now() - interval '1 day'");

        bridge.bean(OrphanWatch.class).sweep();

        Awaitility.await()
                .untilAsserted(() -> assertThat(Scraped.of(bridge).sum("bridge_lease_orphans_found_total", of()))
                        .isOne());
    }

    @Test
    void callersWhoWaitForAnothersClaimAreMeasured() {
        tenant.after((request, answer) ->
                request.getUrl().startsWith("/login/") ? Faults.late(answer, Duration.ofMillis(300)) : answer);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = IntStream.range(0, 5)
                    .mapToObj(each -> CompletableFuture.runAsync(
                            () -> bridge.token(main, ada).expect(200), callers))
                    .toList();
            all.forEach(CompletableFuture::join);
        }

        Scraped scraped = Scraped.of(bridge);
        assertThat(scraped.sum("bridge_lease_issue_seconds_count", outcome("success")))
                .isOne();
        assertThat(scraped.sum("bridge_lease_claim_wait_seconds_count", of())).isBetween(1.0, 4.0);
        assertThat(scraped.sum("bridge_lease_claim_wait_seconds_sum", of())).isPositive();
    }

    private Scraped refreshed() {
        bridge.bean(LeaseGauges.class).refresh();
        return Scraped.of(bridge);
    }

    private Map<String, String> of() {
        return Map.of("connection", main);
    }

    private Map<String, String> outcome(String outcome) {
        return Map.of("connection", main, "outcome", outcome);
    }

    private void update(String change) {
        bridge.bean(JdbcClient.class)
                .sql("update lease set " + change + " where state = 'ACTIVE' and connection_id = :main")
                .param("main", main)
                .update();
    }
}
