package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.tenant.KeylessDeployment;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Credentials are issued once, used, and replaced when they are refused; where nothing is issued, nothing is leased. */
@LeaseModuleTest
class TenantAccessTests {

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
    void usingIssuesOnceAndListsTheSubjectsApps() {
        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());
        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());

        assertThat(deployment.accepted(subject)).isEqualTo(1);
        assertThat(world.states(connection)).containsExactly("ACTIVE");
    }

    @Test
    void usingWhenTheCredentialIsRefusedIssuesAnotherOnce() {
        world.apps(connection, subject);
        deployment.forgetAll(subject);

        assertThat(world.apps(connection, subject)).isEqualTo("App of " + subject.value());

        assertThat(deployment.accepted(subject)).isEqualTo(1);
        assertThat(world.states(connection)).contains("ACTIVE");
    }

    @Test
    void usingWhenNothingIsIssuedActsAsTheSubjectAndLeasesNothing() {
        KeylessDeployment keyless = new KeylessDeployment();
        TenantAccess withoutKeys = TestTenantAccess.withoutLeases(new Deployments(List.of(keyless)));

        List<App> apps = withoutKeys
                .using(connection, subject, caller -> {
                    assertThat(caller.credential()).isNull();
                    return keyless.catalog().apps(connection, caller, new AppQuery(null, null, null, null, null, null));
                })
                .items();

        assertThat(apps).extracting(App::name).containsExactly("App of " + subject.value());
        assertThat(world.states(connection)).isEmpty();
    }
}
