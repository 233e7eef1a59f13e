package io.qlikbridge.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Leases go from state to state as {@link LeaseState#canBecome} says, and every way that it tells of is gone. The database
 * writes down each step.
 */
class LeaseTransitionsTests {

    private static SimulatedTenant tenant;
    private static Product bridge;
    private static JdbcClient database;
    private static String main;

    private String user;
    private String subject;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        bridge = Product.start(TestDatabase.fresh(), Map.of());
        database = bridge.bean(JdbcClient.class);
        main = bridge.connectTo(tenant);
        Stream.of(
                        "create table step (before text not null, after text not null)",
                        """
                        create function note_step() returns trigger language plpgsql as $$
                        begin
                            insert into step values (old.state, new.state);
                            return null;
                        end $$
                        """,
                        """
                        create function note_end_of_attempt() returns trigger language plpgsql as $$
                        begin
                            insert into step values ('ISSUING', tg_argv[0]);
                            return null;
                        end $$
                        """,
                        """
                        create trigger note_step after update on lease
                            for each row when (old.state is distinct from new.state) execute function note_step()
                        """,
                        "create trigger note_issued after insert on lease"
                                + " for each row execute function note_end_of_attempt('ACTIVE')",
                        """
                        create trigger note_failed after update on issue_attempt
                            for each row when (old.failed_at is distinct from new.failed_at)
                            execute function note_end_of_attempt('FAILED')
                        """)
                .forEach(statement -> database.sql(statement).update());
    }

    @AfterAll
    static void stop() {
        bridge.close();
        tenant.close();
    }

    @BeforeEach
    void user() {
        subject = Product.name("step|ada");
        user = bridge.user(main, subject);
    }

    @Test
    void leasesGoEveryWayThatThereIsAndNoOther() {
        issuedAfterAFailure();
        supersededAndTakenIntoUseAgain();
        revokedFromUse();
        user();
        revokedWhenSuperseded();
        Stream.of("ACTIVE", "SUPERSEDED", "REVOKING").forEach(this::expired);

        assertThat(database.sql("select distinct before || ' ' || after from step")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(allowed());
    }

    private static List<String> allowed() {
        return Arrays.stream(LeaseState.values())
                .flatMap(state -> Arrays.stream(LeaseState.values())
                        .filter(state::canBecome)
                        .map(next -> state + " " + next))
                .toList();
    }

    private void issuedAfterAFailure() {
        tenant.before(request -> Optional.of(Faults.error(401, "NO", "No")));
        assertThat(bridge.token(main, user).status()).isNotEqualTo(200);
        tenant.before(request -> Optional.empty());
        Awaitility.await().until(() -> bridge.token(main, user).status() == 200);
    }

    private void supersededAndTakenIntoUseAgain() {
        renewed();
        update("promised_until = now() + interval '5 hours'");
        update("expires_at = now() + interval '1 minute', issued_at = issued_at - interval '1 day'"
                + " where state = 'ACTIVE' and");
        bridge.token(main, user).expect(200);
        assertThat(states()).containsExactlyInAnyOrder("ACTIVE", "SUPERSEDED");
    }

    private void revokedFromUse() {
        bridge.post("/api/v1/leases/revoke", Map.of("user", user)).expect(200);
        assertThat(states()).containsOnly("REVOKED");
    }

    private void revokedWhenSuperseded() {
        bridge.token(main, user).expect(200);
        renewed();
        update("superseded_at = superseded_at - interval '1 hour'");
        bridge.bean(LeaseReaper.class).run();
        Awaitility.await().until(() -> states().contains("REVOKED"));
    }

    private void expired(String from) {
        user();
        bridge.token(main, user).expect(200);
        if (from.equals("SUPERSEDED")) {
            renewed();
        }
        if (from.equals("REVOKING")) {
            tenant.before(request -> Optional.of(Faults.reset()));
            bridge.post("/api/v1/leases/revoke", Map.of("user", user));
            tenant.before(request -> Optional.empty());
        }
        assertThat(states()).contains(from);
        update("expires_at = now() - interval '1 second' where state = '" + from + "' and");
        bridge.bean(LeaseReaper.class).run();
        Awaitility.await().until(() -> states().contains("EXPIRED"));
    }

    /** Has the lease in use followed by another, which takes its place. */
    private void renewed() {
        int keys = tenant.keysMade(subject);
        update("renew_at = now() - interval '1 second'");
        bridge.bean(Renewal.class).run();
        Awaitility.await().until(() -> tenant.keysMade(subject) == keys + 1);
        Awaitility.await().until(() -> states().contains("SUPERSEDED"));
    }

    /** @param change may end with a condition of its own and {@code and} */
    private void update(String change) {
        String where = change.endsWith("and") ? " " : " where ";
        database.sql("update lease set " + change + where + "username = :user")
                .param("user", user)
                .update();
    }

    private List<String> states() {
        return database.sql("select state from lease where username = :user")
                .param("user", user)
                .query(String.class)
                .list();
    }
}
