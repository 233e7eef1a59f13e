package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.subject.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LeaseModuleTest
class StandingClaimTests {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Autowired
    private ClaimStore claims;

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private Clock clock;

    private Subject subject;
    private Claim claim;

    @BeforeEach
    void claim() {
        Connection connection = world.connection();
        subject = world.subject(connection);
        claim = claims.claim(LeaseKey.of(connection, subject), subject, DEADLINE, clock.instant(), DEADLINE)
                .orElseThrow();
    }

    @Test
    void runWhenClaimIsNewAsksFromTheSecondCallOn() {
        StandingClaim standing = new StandingClaim(claims, claim, DEADLINE, DEADLINE);
        withdraw();

        assertThatNoException().isThrownBy(standing::run);
        assertThatExceptionOfType(BridgeException.class).isThrownBy(standing::run);
    }

    @Test
    void runWhenClaimIsSomeTimeOldAsksBeforeTheFirstCall() {
        StandingClaim standing = new StandingClaim(
                claims,
                new Claim(claim.lease(), claim.operation(), System.nanoTime() - TimeUnit.SECONDS.toNanos(2)),
                DEADLINE,
                DEADLINE);
        withdraw();

        assertThatExceptionOfType(BridgeException.class).isThrownBy(standing::run);
    }

    @Test
    void runWhenACallMayTakeLongerThanTheClaimAsksBeforeTheFirstCall() {
        StandingClaim standing = new StandingClaim(claims, claim, DEADLINE, DEADLINE.plusSeconds(1));
        withdraw();

        assertThatExceptionOfType(BridgeException.class).isThrownBy(standing::run);
    }

    @Test
    void runWhenClaimStandsPutsItsDeadlineOff() {
        StandingClaim standing = new StandingClaim(claims, claim, DEADLINE, DEADLINE);

        standing.run();
        standing.run();

        assertThat(claims.extend(claim, DEADLINE)).isTrue();
    }

    private void withdraw() {
        claims.withdraw(LeaseScope.ofUser(subject.user().id()), clock.instant(), DEADLINE);
    }
}
