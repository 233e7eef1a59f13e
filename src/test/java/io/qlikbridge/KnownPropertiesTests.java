package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.problem.CannotStartAnalyzer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

class KnownPropertiesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.acces.admin-secret",
                "bridge.access.admin-secrt",
                "bridge.access.issuers[0].audiance",
                "bridge.lease.renewalmargins",
                "bridge.vault.key",
                "bridge.tenant",
                "bridge.something.new",
                "bridge.access.issuers.issuer-uri"
            })
    void startWithAPropertyThatNothingReadsIsRefused(String name) {
        assertThatExceptionOfType(ConfigurationCannotStart.class)
                .isThrownBy(() -> check(new MapPropertySource("file", Map.of(name, "x"))))
                .withMessageContaining(name)
                .satisfies(refused -> assertThatCode(() -> new CannotStartAnalyzer().analyze(refused))
                        .doesNotThrowAnyException());
    }

    @Test
    void refusalNamesWhatIsKnown() {
        assertThatExceptionOfType(ConfigurationCannotStart.class)
                .isThrownBy(() -> check(new MapPropertySource("file", Map.of("bridge.acces.admin-secret", "x"))))
                .satisfies(refused -> assertThat(refused.action()).contains("bridge.access.admin-secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.access.admin-secret",
                "bridge.access.adminSecret",
                "bridge.access.issuers[0].issuer-uri",
                "bridge.access.issuers[12].username_prefix",
                "bridge.connections.allowed-hosts",
                "bridge.connections.allowed-hosts[0]",
                "bridge.web.max-body-at.[/api/v1/users/import]",
                "bridge.web.cors.allowed-origins",
                "spring.anything"
            })
    void startWithAPropertyThatIsReadGoesOn(String name) {
        assertThatCode(() -> check(new MapPropertySource("file", Map.of(name, "x"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRIDGE_ACCESS_ADMIN_SECRT",
                "BRIDGE_ACCES_ADMIN_SECRET",
                "BRIDGE_VAULT_KEY",
                "BRIDGE_ACCESS_ISSUERS_0_AUDIANCE",
                "BRIDGE_LEASES_RENEW_AT"
            })
    void startWithAVariableThatIsMistypedIsRefused(String name) {
        assertThatExceptionOfType(ConfigurationCannotStart.class)
                .isThrownBy(() -> check(variables(name)))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRIDGE_ACCESS_ADMIN_SECRET",
                "BRIDGE_ACCESS_ISSUERS_0_USERNAME_PREFIX",
                "BRIDGE_ACCESS_ISSUERS_0_ISSUERURI",
                "BRIDGE_VAULT_KEYS_FILE",
                "BRIDGE_SERVICE_HOST",
                "BRIDGE_PORT_8080_TCP_ADDR",
                "BRIDGE_ACCESS_SERVICE_PORT_HTTP",
                "BRIDGE_URL",
                "BRIDGE_HOME",
                "BRIDGE"
            })
    void startWithAVariableThatIsReadOrSomebodyElsesGoesOn(String name) {
        assertThatCode(() -> check(variables(name))).doesNotThrowAnyException();
    }

    private static SystemEnvironmentPropertySource variables(String name) {
        return new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "x"));
    }

    private static void check(MapPropertySource source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .map(PropertySource::getName)
                .toList()
                .forEach(environment.getPropertySources()::remove);
        environment.getPropertySources().addFirst(source);
        // of the properties nothing is bound: what they are called is asked for alone
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        scanner.findCandidateComponents("io.qlikbridge").forEach(found -> {
            Class<?> type = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            beans.registerBeanDefinition(prefix + "-" + type.getName(), new RootBeanDefinition(type));
        });

        KnownProperties known = new KnownProperties();
        known.setEnvironment(environment);
        known.postProcessBeanFactory(beans);
    }
}
