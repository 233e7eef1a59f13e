package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each invariant holds of a sound lease, and bites when it is broken by hand. */
@OneAtATime
class LeaseInvariantsTests {

    private static final String SUBJECT = "hr|4711";

    private final Product bridge = Product.undisturbed();
    private final JdbcClient jdbc = bridge.bean(JdbcClient.class);
    private SimulatedTenant tenant;
    private LeaseInvariants invariants;

    @BeforeEach
    void issueALease() {
        tenant = SimulatedTenant.start();
        String connection = bridge.connectTo(tenant);
        invariants = new LeaseInvariants(jdbc, tenant, connection);
        invariants.plantForeignKeys(SUBJECT);
        bridge.token(connection, bridge.user(connection, SUBJECT)).expect(200);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void brokenWhenAllIsWellIsNothing() {
        assertThat(invariants.broken()).isEmpty();
        assertThat(invariants.keysOf(SUBJECT)).hasSize(1);
        assertThat(tenant.activeKeys(SUBJECT)).hasSize(3);
        invariants.awaitSettled(Duration.ofSeconds(1));
    }

    @Test
    void brokenWhenAKeyHasNoRowNamesIt() {
        ApiKey orphan = ourKey(SUBJECT);

        assertThat(invariants.broken()).singleElement().asString().contains(orphan.id(), "no row");
        assertThatExceptionOfType(ConditionTimeoutException.class)
                .isThrownBy(() -> invariants.awaitSettled(Duration.ofMillis(300)))
                .withMessageContaining(orphan.id());
    }

    @Test
    void brokenWhenAKeyHasARowThatIsOutOfUseNamesIt() {
        String held = invariants.keysOf(SUBJECT).getFirst().id();
        jdbc.sql("update lease set state = 'REVOKED' where qlik_key_id = :key")
                .param("key", held)
                .update();

        assertThat(invariants.broken()).singleElement().asString().contains(held, "REVOKED");
    }

    @Test
    void brokenWhenALeaseHasNoKeyNamesIt() {
        String held = invariants.keysOf(SUBJECT).getFirst().id();
        tenant.revokeKey(held);

        assertThat(invariants.broken()).singleElement().asString().contains("is ACTIVE", held, "not active");
    }

    @Test
    void brokenWhenALeaseIsOverAsksForNoKey() {
        String held = invariants.keysOf(SUBJECT).getFirst().id();
        tenant.revokeKey(held);
        jdbc.sql("update lease set expires_at = now() where qlik_key_id = :key")
                .param("key", held)
                .update();

        assertThat(invariants.broken()).isEmpty();
    }

    @Test
    void brokenWhenAUserEverHadThreeKeysSaysSoEvenAfterwards() {
        ApiKey second = ourKey(SUBJECT);
        ApiKey third = ourKey(SUBJECT);
        tenant.revokeKey(second.id());
        tenant.revokeKey(third.id());

        assertThat(invariants.broken()).singleElement().asString().contains(SUBJECT + " had 3 active keys of ours");
    }

    @Test
    void brokenWhenAForeignKeyIsGoneNamesIt() {
        List<ApiKey> foreign = tenant.activeKeys(SUBJECT).stream()
                .filter(key -> !invariants.keysOf(SUBJECT).contains(key))
                .toList();

        for (ApiKey key : foreign) {
            tenant.revokeKey(key.id());
        }

        assertThat(foreign).hasSize(2);
        assertThat(invariants.broken()).hasSize(2).allMatch(said -> said.contains("none of ours"));
    }

    private ApiKey ourKey(String subject) {
        String prefix = invariants.keysOf(subject).getFirst().description().replaceFirst("/[^/]*$", "/");
        return tenant.makeKey(subject, prefix + UUID.randomUUID(), Duration.ofHours(1));
    }
}
