package io.qlikbridge.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.tokenexchange.Exchanges;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Leases that are followed by another before they end. */
@OneAtATime
class RenewalTests {

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
    void leaseInUseIsRenewedInTheBackgroundAndTheOneBeforeStaysGood() {
        JsonNode before = bridge.token(main, ada).expect(200).json();
        makeDue();

        awaitKeysMade(2);

        JsonNode after = Awaitility.await()
                .until(
                        () -> bridge.token(main, ada).json(),
                        token -> !token.path("leaseId").equals(before.path("leaseId")));
        assertThat(after.path("token")).isNotEqualTo(before.path("token"));
        assertThat(state(before)).isEqualTo("superseded");
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(2);
    }

    @Test
    void leaseThatNobodyUsedSinceItsRenewalIsLeftToEnd() {
        bridge.token(main, ada).expect(200);
        update("last_used_at = issued_at - interval '1 second'");
        makeDue();

        bridge.bean(Renewal.class).run();
        assertThat(tenant.keysMade(SUBJECT)).isOne();

        bridge.token(main, ada).expect(200);
        bridge.bean(Renewal.class).run();
        awaitKeysMade(2);
    }

    @Test
    void renewalThatFailsKeepsTheKeyInUseAndIsTriedLater() {
        JsonNode before = bridge.token(main, ada).expect(200).json();
        AtomicInteger logins = new AtomicInteger();
        tenant.before(request -> {
            if (!request.getUrl().startsWith("/login/")) {
                return Optional.empty();
            }
            logins.incrementAndGet();
            return Optional.of(Faults.error(401, "INTERNAL-TOKEN-3", "Invalid token"));
        });
        renewNow();

        Awaitility.await().until(() -> logins.get() > 0 && attempts() > 0);
        for (int round = 0; round < 3; round++) {
            bridge.bean(Renewal.class).run();
        }

        assertThat(logins).hasValue(1);
        assertThat(bridge.token(main, ada).expect(200).json().path("token")).isEqualTo(before.path("token"));
        assertThat(state(before)).isEqualTo("active");

        tenant.before(request -> Optional.empty());
        update("next_renewal_at = now()");
        bridge.bean(Renewal.class).run();
        awaitKeysMade(2);
    }

    @Test
    void leaseOfAUserWhoIsDisabledOrAnotherSubjectIsNotRenewed() {
        bridge.token(main, ada).expect(200);
        String id = bridge.get("/api/v1/users?username=" + ada)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "subjects", Map.of(main, "hr|other")))
                .expect(200);
        makeDue();

        bridge.bean(Renewal.class).run();
        bridge.bean(Renewal.class).run();

        assertThat(tenant.keysMade()).isOne();
    }

    @Test
    void supersededKeyWhoseTokenWasExchangedIsKeptToItsEnd() {
        Exchanges exchange = new Exchanges(bridge);
        exchange.username(exchange.client(ada), main, ada).expect(200);
        String before =
                bridge.token(main, ada).expect(200).json().path("leaseId").asString();
        renewNow();
        awaitKeysMade(2);
        Awaitility.await().until(() -> "superseded".equals(stateOf(before)));

        update("superseded_at = superseded_at - interval '10 minutes'");
        bridge.bean(LeaseReaper.class).run();

        assertThat(stateOf(before)).isEqualTo("superseded");
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(2);
    }

    @Test
    void supersededKeyIsDeletedAtTheTenantOnceNoPromiseRestsOnIt() {
        String before = tokenFor("PT1H").expect(200).json().path("leaseId").asString();
        renewNow();
        awaitKeysMade(2);
        Awaitility.await().until(() -> "superseded".equals(stateOf(before)));

        update("superseded_at = superseded_at - interval '10 minutes'");
        bridge.bean(LeaseReaper.class).run();
        assertThat(stateOf(before)).isEqualTo("superseded");

        update("promised_until = now() - interval '1 second'");
        bridge.bean(LeaseReaper.class).run();
        Awaitility.await().until(() -> "revoked".equals(stateOf(before)));
        assertThat(tenant.activeKeys(SUBJECT)).extracting(ApiKey::id).containsExactly(keyInUse());
        assertThat(sealed(before)).isFalse();
    }

    @Test
    void thirdKeyIsNotMadeWhileTwoArePromised() {
        JsonNode first = bridge.token(main, ada).expect(200).json();
        update("promised_until = now() + interval '3 hours'");
        renewNow();
        awaitKeysMade(2);
        Awaitility.await().until(() -> "superseded".equals(state(first)));
        update("promised_until = now() + interval '3 hours', expires_at = now() + interval '4 hours',"
                + " issued_at = issued_at - interval '1 hour'");

        assertThat(tokenFor("PT5H").expectProblem(422, "validity-not-possible").detail())
                .contains("both keys of this user are promised");
        assertThat(tenant.keysMade(SUBJECT)).isEqualTo(2);

        update("promised_until = case when state = 'SUPERSEDED' then now() else promised_until end");
        tokenFor("PT5H").expect(200);
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(2);
        assertThat(tenant.keysMade(SUBJECT)).isEqualTo(3);
    }

    @Test
    void supersededKeyThatLastsLongerTakesOverWhenThereIsNoRoom() {
        JsonNode first = bridge.token(main, ada).expect(200).json();
        renewNow();
        awaitKeysMade(2);
        Awaitility.await().until(() -> "superseded".equals(state(first)));
        update("promised_until = now() + interval '5 hours'");
        update("expires_at = now() + interval '1 minute', issued_at = issued_at - interval '1 day'"
                + " where state = 'ACTIVE' and");

        JsonNode token = bridge.token(main, ada).expect(200).json();

        assertThat(token.path("leaseId")).isEqualTo(first.path("leaseId"));
        assertThat(tenant.keysMade(SUBJECT)).isEqualTo(2);
    }

    @Test
    void leaseThatHasExpiredIsListedAsSuchWithoutItsToken() {
        String lease =
                bridge.token(main, ada).expect(200).json().path("leaseId").asString();
        update("expires_at = now() - interval '1 second'");

        bridge.bean(LeaseReaper.class).run();

        Awaitility.await().until(() -> "expired".equals(stateOf(lease)));
        assertThat(sealed(lease)).isFalse();
    }

    @Test
    void leasesThatEndedLongAgoAreForgotten() {
        String lease =
                bridge.token(main, ada).expect(200).json().path("leaseId").asString();
        bridge.delete("/api/v1/leases/" + lease).expect(204);
        update("ended_at = now() - interval '31 days'");

        bridge.bean(LeaseReaper.class).run();

        Awaitility.await()
                .untilAsserted(() -> bridge.get("/api/v1/leases/" + lease).expectProblem(404, "lease-not-found"));
    }

    private Answer tokenFor(String validity) {
        return bridge.post("/api/v1/connections/" + main + "/token", Map.of("user", ada, "minValidity", validity));
    }

    private void awaitKeysMade(int keys) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(tenant.keysMade(SUBJECT)).isEqualTo(keys));
    }

    /** Without waiting for the background to come to it. */
    private void renewNow() {
        makeDue();
        bridge.bean(Renewal.class).run();
    }

    private void makeDue() {
        update("renew_at = now() - interval '1 second'");
    }

    /** @param change may end with a condition of its own and {@code and} */
    private void update(String change) {
        String where = change.endsWith("and") ? " " : " where ";
        bridge.bean(JdbcClient.class)
                .sql("update lease set " + change + where + "username = :user")
                .param("user", ada)
                .update();
    }

    private int attempts() {
        return query("select renewal_attempts from lease where username = :user and state = 'ACTIVE'", Integer.class)
                .getFirst();
    }

    private String keyInUse() {
        return query("select qlik_key_id from lease where username = :user and state = 'ACTIVE'", String.class)
                .getFirst();
    }

    private <T> List<T> query(String sql, Class<T> type) {
        return bridge.bean(JdbcClient.class)
                .sql(sql)
                .param("user", ada)
                .query(type)
                .list();
    }

    private boolean sealed(String lease) {
        return bridge.bean(JdbcClient.class)
                .sql("select ciphertext is not null from lease where id = cast(:id as uuid)")
                .param("id", lease)
                .query(Boolean.class)
                .single();
    }

    private String state(JsonNode token) {
        return stateOf(token.path("leaseId").asString());
    }

    private String stateOf(String lease) {
        return bridge.get("/api/v1/leases/" + lease).json().path("state").asString();
    }
}
