package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A claim becomes a lease beside whoever changes the same rows at that moment. */
@LeaseModuleTest
class ActivationStoreTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Autowired
    private ActivationStore activations;

    @Autowired
    private ClaimStore claims;

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private Connection connection;
    private Subject subject;
    private LeaseKey holder;

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
        holder = LeaseKey.of(connection, subject);
    }

    @Test
    void leaseIsWhatWasIssuedAndIsReadAsItIsWritten() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);

        LeaseStore.Row row = activate(claim(), "first", now).orElseThrow();

        assertThat(row.lease().credential()).isEqualTo(credential("first", now));
        assertThat(row.lease().lastUsedAt()).isEqualTo(now);
        assertThat(jdbc.sql("select cast(cast(xmin as text) as bigint) from lease where id = ?")
                        .param(row.lease().id())
                        .query(Long.class)
                        .single())
                .isEqualTo(row.writtenBy());
    }

    @Test
    void leaseTakesThePlaceOfTheOneBefore() {
        activate(claim(), "first", clock.instant());

        activate(claim(), "second", clock.instant());

        assertThat(states()).containsExactly("first SUPERSEDED", "second ACTIVE");
    }

    @Test
    void claimThatIsJustBeingWithdrawnBecomesNoLeaseAndLeavesTheOneBefore() {
        activate(claim(), "first", clock.instant());
        Claim claim = claim();

        Optional<LeaseStore.Row> second = whileLocked(
                "update issue_attempt set failed_at = now(), failure = 'revoked', watched_until = now(), next_look_at = now()"
                        + " where connection_id = :connection and failed_at is null",
                claim);

        assertThat(second).isEmpty();
        assertThat(states()).containsExactly("first ACTIVE");
    }

    @Test
    void leaseBeforeThatIsJustBeingRevokedStaysSo() {
        activate(claim(), "first", clock.instant());
        Claim claim = claim();

        Optional<LeaseStore.Row> second =
                whileLocked("update lease set state = 'REVOKING' where connection_id = :connection", claim);

        assertThat(second).isPresent();
        assertThat(states()).containsExactly("first REVOKING", "second ACTIVE");
    }

    /** Whoever deletes a user has locked it, and goes on to what refers to it: nobody who waits for the user may hold that. */
    @Test
    void userWhoIsJustBeingDeletedIsWaitedForBeforeAnythingIsHeld() {
        activate(claim(), "first", clock.instant());
        Claim claim = claim();

        whileLocked("select id from local_user where id = :user for update", claim, () -> {
            assertThat(jdbc.sql("select id from issue_attempt where id = ? for update nowait")
                            .param(claim.lease())
                            .query()
                            .listOfRows())
                    .hasSize(1);
            assertThat(jdbc.sql("select id from lease where connection_id = ? for update nowait")
                            .param(connection.id().value())
                            .query()
                            .listOfRows())
                    .hasSize(1);
        });

        assertThat(states()).containsExactly("first SUPERSEDED", "second ACTIVE");
    }

    private Optional<LeaseStore.Row> whileLocked(String sql, Claim claim) {
        return whileLocked(sql, claim, () -> {});
    }

    /** Activates while a transaction has just executed the statement, and not committed. */
    private Optional<LeaseStore.Row> whileLocked(String sql, Claim claim, Runnable meanwhile) {
        return new TransactionTemplate(transactions)
                .execute(status -> {
                    var statement = jdbc.sql(sql)
                            .param("connection", connection.id().value())
                            .param("user", subject.user().id());
                    if (sql.startsWith("select")) {
                        statement.query().listOfRows();
                    } else {
                        statement.update();
                    }
                    CompletableFuture<Optional<LeaseStore.Row>> second =
                            CompletableFuture.supplyAsync(() -> activate(claim, "second", clock.instant()));
                    await().until(this::isSomebodyWaiting);
                    meanwhile.run();
                    return second;
                })
                .join();
    }

    private boolean isSomebodyWaiting() {
        return jdbc.sql("select exists (select from pg_locks where not granted and pid in"
                        + " (select pid from pg_stat_activity where datname = current_database()))")
                .query(Boolean.class)
                .single();
    }

    private Claim claim() {
        return claims.claim(holder, subject, LONG, clock.instant(), LONG).orElseThrow();
    }

    private Optional<LeaseStore.Row> activate(Claim claim, String key, Instant now) {
        return activations.activate(
                new Attempt(connection, subject, holder, claim, LONG, false, false),
                new IssuedCredential(credential(key, now), "qlik-user"),
                now,
                null,
                null);
    }

    private static Credential credential(String key, Instant now) {
        return new Credential(key, "token of " + key, now.plus(LONG));
    }

    private List<String> states() {
        return jdbc.sql("select qlik_key_id || ' ' || state from lease where connection_id = ? order by issued_at")
                .param(connection.id().value())
                .query(String.class)
                .list();
    }
}
