package io.qlikbridge.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.subject.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LeaseModuleTest
class ClaimStoreTests {

    private static final Duration LONG = Duration.ofMinutes(1);

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

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
    }

    @Test
    void claimWhenAnotherHasItIsNone() {
        assertThat(claim()).isPresent();

        assertThat(claim()).isEmpty();
    }

    @Test
    void claimWhenTheUserIsJustBeingChangedIsNoneAtOnce() {
        Optional<Claim> claim = new TransactionTemplate(transactions).execute(status -> {
            jdbc.sql("update local_user set enabled = false where id = ?")
                    .param(subject.user().id())
                    .update();
            status.setRollbackOnly();
            return CompletableFuture.supplyAsync(this::claim)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });

        assertThat(claim).isEmpty();
        assertThat(claim()).isPresent();
    }

    @Test
    void claimWhenTheOneBeforeIsPastItsDeadlineTakesItsPlaceAndItIsWatched() {
        Claim before = claim().orElseThrow();
        jdbc.sql("update issue_attempt set deadline = clock_timestamp() - interval '1 second' where id = ?")
                .param(before.lease())
                .update();

        assertThat(claim()).isPresent();

        assertThat(claims.extend(before, LONG)).isFalse();
        assertThat(jdbc.sql("select failure from issue_attempt where id = ? and watched_until > now()")
                        .param(before.lease())
                        .query(String.class)
                        .optional())
                .contains("abandoned");
    }

    private Optional<Claim> claim() {
        return claims.claim(LeaseKey.of(connection, subject), subject, LONG, clock.instant(), LONG);
    }
}
