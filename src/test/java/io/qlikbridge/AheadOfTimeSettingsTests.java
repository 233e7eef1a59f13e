package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AheadOfTimeSettingsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void settingsOfTheImageDecideNothing() {
        variables(Map.of("MANAGEMENT_SERVER_PORT", "8081"));

        assertThat(AheadOfTimeSettings.deciding(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRIDGE_VAULT_KEYS",
                "BRIDGE_TENANT_READ_TIMEOUT",
                "SPRING_DATASOURCE_URL",
                "SPRING_DATASOURCE_PASSWORD",
                "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
                "SPRING_SSL_BUNDLE_PEM_TENANTS_TRUSTSTORE_CERTIFICATE",
                "SPRING_APPLICATION_NAME",
                "SPRING_CONFIG_ADDITIONAL_LOCATION",
                "SERVER_PORT",
                "SERVER_SSL_BUNDLE",
                "LOGGING_LEVEL_IO_QLIKBRIDGE",
                "PATH"
            })
    void settingThatDecidesAboutNoBeanIsFree(String variable) {
        variables(Map.of("MANAGEMENT_SERVER_PORT", "8081", variable, "1"));

        assertThat(AheadOfTimeSettings.deciding(environment)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT, management.opentelemetry.tracing.export.otlp.endpoint",
        "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE,             management.endpoints.web.exposure.include",
        "SPRINGDOC_API_DOCS_ENABLED,                            springdoc.api.docs.enabled",
        "SPRING_AUTOCONFIGURE_EXCLUDE,                          spring.autoconfigure.exclude",
        "SPRING_THREADS_VIRTUAL_ENABLED,                        spring.threads.virtual.enabled",
        "BRIDGE_CONSOLE_ENABLED,                                bridge.console.enabled"
    })
    void settingThatMayDecideAboutABeanIsNamed(String variable, String property) {
        variables(Map.of("MANAGEMENT_SERVER_PORT", "8081", variable, "x"));

        assertThat(AheadOfTimeSettings.deciding(environment)).containsExactly(property);
    }

    @Test
    void settingInAFileIsNamedAndThoseOfTheJarAreNot() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                        Map.of("spring.threads.virtual.enabled", true, "management.server.port", 8081)));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "Config resource 'file [config/application.yaml]' via location 'optional:file:./config/'",
                        Map.of("springdoc.swagger-ui.enabled", false)));

        assertThat(AheadOfTimeSettings.deciding(environment)).containsExactly("springdoc.swagger-ui.enabled");
    }

    @Test
    void onePortForCallersAndOperatorsIsAnotherSetOfBeans() {
        assertThat(AheadOfTimeSettings.deciding(environment)).containsExactly("management.server.port");

        variables(Map.of("SERVER_PORT", "9000", "MANAGEMENT_SERVER_PORT", "9000"));
        assertThat(AheadOfTimeSettings.deciding(environment)).containsExactly("management.server.port");

        variables(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
        assertThat(AheadOfTimeSettings.deciding(environment)).isEmpty();
    }

    private void variables(Map<String, Object> variables) {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    }
}
