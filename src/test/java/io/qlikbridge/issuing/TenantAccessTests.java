package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.TestDatabase;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUserStore;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.tenant.FakeKind;
import io.qlikbridge.tenant.KeylessDeployment;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** The life of a lease over a deployment that is none of Qlik's, with a real database and nothing of an adapter. */
@SpringBootTest(
        classes = TenantAccessTests.Modules.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "management.endpoint.health.validate-group-membership=false",
            "bridge.lease.renewal-margin=PT0.1S",
            "bridge.lease.renew-at=0.01",
            "db-scheduler.polling-interval=PT0.2S"
        })
@ContextConfiguration(initializers = TestDatabase.class)
class TenantAccessTests {

    private static final AppQuery ALL = new AppQuery(null, null, null, null, null, null);
    private static final Duration LIFETIME = Duration.ofMinutes(2);

    @Autowired
    private TenantAccess access;

    @Autowired
    private FakeDeployment deployment;

    @Autowired
    private Revocation revocation;

    @Autowired
    private ConnectionStore connections;

    @Autowired
    private LocalUserStore users;

    @Autowired
    private Subjects subjects;

    @Autowired
    private JdbcClient jdbc;

    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        connection = connections
                .put(TestConnections.fake(
                        new ConnectionId("c" + UUID.randomUUID().toString().substring(0, 8))))
                .connection();
        LocalUser user = new LocalUser(
                UUID.randomUUID(), new Username("ada-" + connection.id()), "Ada", null, false, List.of(), true);
        users.add(new MappedUser(user, Map.of(), Instant.EPOCH, Instant.EPOCH));
        subject = subjects.of(connection, user);
    }

    @Test
    void usingIssuesOnceAndListsTheSubjectsApps() {
        int before = deployment.issued();

        assertThat(apps()).isEqualTo("App of " + subject.value());
        assertThat(apps()).isEqualTo("App of " + subject.value());

        assertThat(deployment.issued()).isEqualTo(before + 1);
        assertThat(states()).containsExactly("ACTIVE");
    }

    @Test
    void usingWhenTheCredentialIsRefusedIssuesAnotherOnce() {
        apps();
        int before = deployment.issued();
        deployment.forgetAll();

        assertThat(apps()).isEqualTo("App of " + subject.value());

        assertThat(deployment.issued()).isEqualTo(before + 1);
        assertThat(states()).contains("ACTIVE");
    }

    @Test
    void credentialInUseIsRenewedInTheBackground() {
        apps();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).contains("ACTIVE", "SUPERSEDED"));
        assertThat(apps()).isEqualTo("App of " + subject.value());
    }

    @Test
    void revokedCredentialIsEndedAtTheDeployment() {
        apps();

        revocation.revoke(connection.id());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).isNotEmpty().allMatch("REVOKED"::equals));
        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> access.using(connection, subject, caller -> {
                    deployment.forgetAll();
                    return deployment.apps(connection, caller, ALL);
                }));
    }

    @Test
    void usingWhenNothingIsIssuedActsAsTheSubjectAndLeasesNothing() {
        KeylessDeployment keyless = new KeylessDeployment();
        TenantAccess withoutKeys = new TenantAccess(new Deployments(List.of(keyless)), null);

        List<App> apps = withoutKeys
                .using(connection, subject, caller -> {
                    assertThat(caller.credential()).isNull();
                    return keyless.catalog().apps(connection, caller, ALL);
                })
                .items();

        assertThat(apps).extracting(App::name).containsExactly("App of " + subject.value());
        assertThat(states()).isEmpty();
    }

    private String apps() {
        return access.using(connection, subject, caller -> deployment.apps(connection, caller, ALL))
                .items()
                .getFirst()
                .name();
    }

    private List<String> states() {
        return jdbc.sql("""
                        select state from (
                            select id, connection_id, cast(state as text) as state from lease
                            union all
                            select id, connection_id, case when failed_at is null then 'ISSUING' else 'FAILED' end
                            from issue_attempt) as each
                        where connection_id = ? order by id
                        """).param(connection.id().value()).query(String.class).list();
    }

    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = {
                "io.qlikbridge.background",
                "io.qlikbridge.changes",
                "io.qlikbridge.claim",
                "io.qlikbridge.connection",
                "io.qlikbridge.issuing",
                "io.qlikbridge.lease",
                "io.qlikbridge.orphan",
                "io.qlikbridge.revocation",
                "io.qlikbridge.subject",
                "io.qlikbridge.tenant",
                "io.qlikbridge.trace",
                "io.qlikbridge.upkeep",
                "io.qlikbridge.upstream",
                "io.qlikbridge.transport",
                "io.qlikbridge.proxy",
                "io.qlikbridge.vault"
            },
            excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
    @EntityScan({"io.qlikbridge.connection", "io.qlikbridge.subject"})
    @EnableJpaRepositories({"io.qlikbridge.connection", "io.qlikbridge.subject"})
    @ConfigurationPropertiesScan({
        "io.qlikbridge.changes",
        "io.qlikbridge.lease",
        "io.qlikbridge.proxy",
        "io.qlikbridge.transport",
        "io.qlikbridge.vault"
    })
    static class Modules {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        FakeKind fakeKind() {
            return new FakeKind();
        }

        @Bean
        FakeDeployment fakeDeployment(Clock clock) {
            return new FakeDeployment(clock, LIFETIME);
        }
    }
}
