package io.qlikbridge.issuing;

import io.qlikbridge.TestDatabase;
import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.access.UserHeader;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.tenant.FakeDeployment;
import io.qlikbridge.tenant.FakeKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.test.context.ContextConfiguration;

/**
 * The modules that issue, use, renew and end leases, on a PostgreSQL of their own and over a deployment that is none of Qlik's:
 * nothing of an adapter, and no server. A lease of it is due for renewal after a second or so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = LeaseModuleTest.Modules.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "management.endpoint.health.validate-group-membership=false",
            "bridge.lease.renewal-margin=PT0.1S",
            "bridge.lease.renew-at=0.01",
            "bridge.lease.orphan-sweep=PT1S",
            "db-scheduler.polling-interval=PT0.2S"
        })
@ContextConfiguration(initializers = TestDatabase.class)
@Import({LeaseModuleWorld.class, Callers.class, ActingUsers.class, UserHeader.class, NobodyInMemory.class})
public @interface LeaseModuleTest {

    Duration LIFETIME = Duration.ofMinutes(2);

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
                "io.qlikbridge.passthrough",
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
        "io.qlikbridge.client",
        "io.qlikbridge.lease",
        "io.qlikbridge.proxy",
        "io.qlikbridge.transport",
        "io.qlikbridge.vault"
    })
    class Modules {

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
