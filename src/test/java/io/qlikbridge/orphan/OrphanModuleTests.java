package io.qlikbridge.orphan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.tenant.TenantException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Credentials whose issue was never answered are found at the deployment and ended; those of others are left alone. */
@LeaseModuleTest
class OrphanModuleTests {

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
    void credentialWhoseAnswerWasLostIsEndedInTheBackground() {
        deployment.loseNextAnswer(subject);
        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> world.apps(connection, subject));
        assertThat(deployment.accepted(subject)).isEqualTo(1);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deployment.accepted(subject)).isZero());
    }

    @Test
    void credentialWhoseAnswerWasLostIsEndedBeforeAnotherIsIssued() {
        deployment.loseNextAnswer(subject);
        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> world.apps(connection, subject));

        // a subject that was refused is left alone for a moment
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(TenantException.class)
                .untilAsserted(
                        () -> assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value()));

        assertThat(deployment.accepted(subject)).isEqualTo(1);
    }

    @Test
    void credentialOfSomebodyElseIsLeftAlone() {
        deployment.issueElsewhere(subject, "made in the user's profile");
        deployment.issueElsewhere(subject, "qlik-identity-bridge/another-installation/0/0");
        deployment.loseNextAnswer(subject);
        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> world.apps(connection, subject));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deployment.accepted(subject)).isEqualTo(2));
    }
}
