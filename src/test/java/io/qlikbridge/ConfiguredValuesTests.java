package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfiguredValuesTests {

    private static final String SECRET = "a-secret-of-some-length";

    private final StandardEnvironment environment = new StandardEnvironment();
    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET + "\n",
                SECRET + "\r\n",
                "\ufeff" + SECRET,
                SECRET + "\u200b",
                " " + SECRET + "\t",
                "\n" + SECRET + "\u00a0"
            })
    void secretInTheEnvironmentLosesWhatIsAroundIt(String value) {
        setVariables(Map.of("BRIDGE_ACCESS_ADMIN_SECRET", value));

        assertThat(environment.getProperty("bridge.access.admin-secret")).isEqualTo(SECRET);
        assertThat(Binder.get(environment)
                        .bind("bridge.access.admin-secret", String.class)
                        .get())
                .isEqualTo(SECRET);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("BRIDGE_ACCESS_ADMIN_SECRET")
                .doesNotContain(SECRET);
    }

    @Test
    void listInTheEnvironmentStaysWhole() {
        setVariables(Map.of(
                "BRIDGE_ACCESS_ISSUERS_0_ISSUER_URI", "https://one.example\n",
                "BRIDGE_ACCESS_ISSUERS_1_ISSUER_URI", "https://two.example"));

        assertThat(Binder.get(environment)
                        .bind("bridge.access.issuers", Bindable.listOf(Map.class))
                        .get())
                .hasSize(2);
        assertThat(Binder.get(environment)
                        .bind("bridge.access.issuers[0].issuer-uri", String.class)
                        .get())
                .isEqualTo("https://one.example");
    }

    @Test
    void passwordOfTheDatabaseLosesLineEndsAndNotItsBlanks() {
        setVariables(Map.of(
                "SPRING_DATASOURCE_PASSWORD", "opensesame\r\n", "SERVER_SSL_KEY_STORE_PASSWORD", "ends in a blank "));

        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("opensesame");
        assertThat(environment.getProperty("server.ssl.key-store-password")).isEqualTo("ends in a blank ");
    }

    @Test
    void propertyOfAFileIsMendedAsWell() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("file", Map.of("bridge.vault.keys", "k1:abc\n")));
        process();

        assertThat(environment.getProperty("bridge.vault.keys")).isEqualTo("k1:abc");
    }

    @Test
    void quotationMarksAreNamedAndStay() {
        setVariables(Map.of("BRIDGE_ACCESS_ADMIN_SECRET", '"' + SECRET + '"'));

        assertThat(environment.getProperty("bridge.access.admin-secret")).isEqualTo('"' + SECRET + '"');
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("quotation marks")
                .doesNotContain(SECRET);
    }

    @Test
    void whatIsCleanOrNoneOfOursStaysAsItIs() {
        setVariables(Map.of("BRIDGE_ACCESS_ADMIN_SECRET", SECRET, "OTHER", "x\n"));

        assertThat(environment.getProperty("OTHER")).isEqualTo("x\n");
        assertThat(warnings).isEmpty();
    }

    private void setVariables(Map<String, Object> variables) {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        process();
    }

    private void process() {
        new ConfiguredValues(supplier -> new NoOpLog() {
                    @Override
                    public void warn(Object message) {
                        warnings.add(String.valueOf(message));
                    }
                })
                .postProcessEnvironment(environment, new SpringApplication());
    }
}
