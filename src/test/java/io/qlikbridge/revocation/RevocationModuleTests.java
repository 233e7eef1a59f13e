package io.qlikbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.tenant.TenantException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Leases are ended at the deployment, at once or as soon as it lets them end. */
@LeaseModuleTest
class RevocationModuleTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private FakeDeployment deployment;

    @Autowired
    private Revocation revocation;

    @Autowired
    private LeaseStore leases;

    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
    }

    @Test
    void revokeEndsTheCredentialAtTheDeployment() {
        world.apps(connection, subject);

        assertThat(revocation.revoke(LeaseScope.of(connection.id()), "for a test"))
                .isNull();

        assertThat(deployment.accepted(subject)).isZero();
        assertThat(world.states(connection)).containsOnly("REVOKED");
    }

    @Test
    void revokeWhenTheDeploymentRefusesTellsWhyAndTriesAgainUntilItAgrees() {
        world.apps(connection, subject);
        deployment.refuseToEnd(subject, true);

        BridgeException kept = revocation.revoke(LeaseScope.of(connection.id()), "for a test");

        assertThat(kept).hasMessageContaining("The key is kept.");
        assertThat(world.states(connection)).contains("REVOKING");
        assertThat(revocation.pending(LeaseScope.of(connection.id()))).isPositive();
        deployment.refuseToEnd(subject, false);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(deployment.accepted(subject)).isZero();
            assertThat(world.states(connection)).containsOnly("REVOKED");
        });
    }

    @Test
    void revokedCredentialIsNotUsedAgain() {
        world.apps(connection, subject);
        deployment.refuseToEnd(subject, true);
        revocation.revoke(LeaseScope.of(connection.id()), "for a test");

        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());

        assertThat(deployment.accepted(subject)).isEqualTo(2);
        deployment.refuseToEnd(subject, false);
    }

    @Test
    void endOfAUserTakesItsLeasesOutOfUseAndTellsTheDeploymentLater() {
        world.apps(connection, subject);

        revocation.end(List.of(subject.user().id()));

        assertThat(world.states(connection)).doesNotContain("ACTIVE");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deployment.accepted(subject)).isZero());
    }

    @Test
    void revokeOfAConnectionThrowsWhatKeepsACredentialAlive() {
        world.apps(connection, subject);
        deployment.refuseToEnd(subject, true);

        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> revocation.revoke(connection.id()));

        assertThat(revocation.alive(connection.id())).isPositive();
        deployment.refuseToEnd(subject, false);
    }

    @Test
    void endNowOfALeaseThatWasEndedMeanwhileMakesRoomAllTheSame() {
        world.apps(connection, subject);
        Lease lease = kept();
        revocation.revoke(LeaseScope.of(connection.id()), "for a test");

        revocation.endNow(connection, subject, lease, false);

        assertThat(world.states(connection)).containsOnly("REVOKED");
    }

    @Test
    void endNowOfALeaseThatIsInUseIsTooBusy() {
        world.apps(connection, subject);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> revocation.endNow(connection, subject, kept(), true))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.TOO_BUSY));

        assertThat(world.states(connection)).containsOnly("ACTIVE");
        assertThat(deployment.accepted(subject)).isOne();
    }

    private Lease kept() {
        return leases.kept(LeaseKey.of(connection, subject), Instant.now())
                .getFirst()
                .lease();
    }
}
