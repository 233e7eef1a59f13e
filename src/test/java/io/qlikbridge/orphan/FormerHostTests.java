package io.qlikbridge.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is left at a tenant that a connection does not lead to any more: it sees its own keys again, and nothing that was signed. */
@OneAtATime
class FormerHostTests {

    private static final String LOGIN = "/login/jwt-session";

    private final Product bridge = Product.undisturbed();
    private SimulatedTenant former;
    private SimulatedTenant present;
    private String main;
    private String ada;
    private String lease;
    private int before;

    @BeforeEach
    void move() {
        former = SimulatedTenant.start();
        present = SimulatedTenant.start();
        main = bridge.connectTo(former);
        ada = bridge.user(main, "moved|ada");
        lease = bridge.token(main, ada).expect(200).json().path("leaseId").asString();
        present.identityProvider(
                Product.ISSUER + "/" + main,
                main,
                bridge.get("/api/v1/connections/" + main + "/signing-keys/" + main + "/certificate")
                        .text());
        lead(present);
        before = former.calls().size();
    }

    @AfterEach
    void stop() {
        former.close();
        present.close();
    }

    @Test
    void revocationShowsTheFormerHostItsOwnKeyAlone() {
        bridge.delete("/api/v1/leases/" + lease).expect(204);

        assertThat(former.activeKeys("moved|ada")).isEmpty();
        assertNothingSigned();
        assertThat(present.calls()).isEmpty();
    }

    @Test
    void revocationWhenTheFormerHostRefusesItsKeyStaysVisibleAndSignsNothing() {
        former.before(request -> Optional.of(Faults.error(401, "NO", "No")));

        JsonNode answer = bridge.delete("/api/v1/leases/" + lease).expect(202).json();

        assertThat(answer.path("state").asString()).isEqualTo("revoking");
        assertThat(answer.path("detail").asString()).contains(former.url(), present.url(), "leads to");
        assertThat(bridge.post("/api/v1/leases/revoke", Map.of("connection", main))
                        .expect(200)
                        .json()
                        .path("pending")
                        .asInt())
                .isOne();
        assertThat(bridge.delete("/api/v1/connections/" + main + "?revoke=true")
                        .expectProblem(409, "conflict")
                        .detail())
                .contains(former.url());
        assertNothingSigned();
        // back there, it can be seen to
        lead(former);
        former.before(request -> Optional.empty());
        bridge.delete("/api/v1/leases/" + lease).expect(204);
        assertThat(former.activeKeys("moved|ada")).isEmpty();
    }

    @Test
    void revocationWithoutATokenSignsNothing() {
        database("update lease set ciphertext = set_byte(ciphertext, 0, (get_byte(ciphertext, 0) + 1) % 256)"
                + " where connection_id = :main");

        bridge.delete("/api/v1/leases/" + lease).expect(202);

        assertThat(former.calls()).hasSize(before);
        assertNothingSigned();
    }

    @Test
    void sweepOfUsersShowsTheFormerHostItsOwnKeyAlone() {
        former.before(request -> Optional.of(Faults.error(401, "NO", "No")));
        SweepStore store = bridge.bean(SweepStore.class);
        database("update lease set swept_at = now() - interval '1 year' where connection_id = :main");

        bridge.bean(OrphanWatch.class).sweep();

        Awaitility.await()
                .until(() -> store.notSweptSince(
                                new ConnectionId(main), Instant.now().minusSeconds(3600), 10)
                        .isEmpty());
        assertNothingSigned();
    }

    @Test
    void watchedOperationOfTheFormerHostIsPutOffAndSignsNothing() {
        database("""
                with begun as (delete from lease where connection_id = :main returning *)
                insert into issue_attempt (id, operation, connection_id, user_id, username, subject, host, created_at, deadline,
                    failed_at, watched_until, next_look_at)
                select id, operation, connection_id, user_id, username, subject, host, created_at, now(),
                    now(), now() + interval '1 hour', now() - interval '1 minute'
                from begun
                """);

        bridge.bean(OrphanWatch.class).look();

        Awaitility.await()
                .until(() -> bridge.bean(JdbcClient.class)
                        .sql("select next_look_at > now() + interval '50 minutes' from issue_attempt"
                                + " where connection_id = :main and watched_until is not null")
                        .param("main", main)
                        .query(Boolean.class)
                        .single());
        assertThat(former.calls()).hasSize(before);
    }

    private void assertNothingSigned() {
        assertThat(former.calls(LOGIN)).as("the one that the key was issued by").hasSize(1);
    }

    private void lead(SimulatedTenant tenant) {
        bridge.put(
                        "/api/v1/connections/" + main,
                        Map.of(
                                "type",
                                "qlik-cloud",
                                "host",
                                tenant.url(),
                                "issuer",
                                Product.ISSUER + "/" + main,
                                "apiKeyExpiry",
                                "PT24H"))
                .expect(200);
    }

    private void database(String sql) {
        bridge.bean(JdbcClient.class).sql(sql).param("main", main).update();
    }
}
