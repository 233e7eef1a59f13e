package io.qlikbridge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.test.context.ContextConfiguration;

/** Connections and users on a PostgreSQL of their own, without the modules that use them. It is {@link #NOW} there. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = StoreTest.Modules.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        // the health group names modules that are not here
        properties = "management.endpoint.health.validate-group-membership=false")
@ContextConfiguration(initializers = TestDatabase.class)
@ResourceLock("store")
public @interface StoreTest {

    /** Finer than a database keeps it. */
    Instant NOW = Instant.parse("2026-03-01T10:00:00.123456789Z");

    Instant NOW_KEPT = Instant.parse("2026-03-01T10:00:00.123456Z");

    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = {
                "io.qlikbridge.changes",
                "io.qlikbridge.cloudsettings",
                "io.qlikbridge.connection",
                "io.qlikbridge.connectionadmin",
                "io.qlikbridge.subject",
                "io.qlikbridge.useradmin",
                "io.qlikbridge.userimport"
            },
            excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
    @EntityScan({"io.qlikbridge.connection", "io.qlikbridge.subject"})
    @EnableJpaRepositories({"io.qlikbridge.connection", "io.qlikbridge.subject"})
    @ConfigurationPropertiesScan({"io.qlikbridge.changes", "io.qlikbridge.connectionadmin"})
    class Modules {

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }
}
