package io.qlikbridge.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.FakeDeployment;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Credentials in use are renewed before they end, and the ones before them are ended. */
@LeaseModuleTest
class UpkeepModuleTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private FakeDeployment deployment;

    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
    }

    @Test
    void credentialInUseIsRenewedAndTheOneBeforeIsEnded() {
        world.apps(connection, subject);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(world.states(connection)).contains("ACTIVE").hasSizeGreaterThan(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(world.states(connection)).contains("REVOKED"));

        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());
        assertThat(deployment.accepted(subject)).isBetween(1L, 2L);
    }

    @Test
    void renewalWhoseAnswerIsLostLeavesTheCredentialInUseAndEndsTheOther() {
        world.apps(connection, subject);
        deployment.loseNextAnswer(subject);

        await().atMost(SOON).until(() -> deployment.hasLostAnswer(subject));

        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deployment.accepted(subject)).isEqualTo(1));
        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());
    }
}
