package io.qlikbridge;

import java.util.List;
import java.util.TreeSet;
import org.apache.commons.logging.Log;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Keeps an image from starting with beans that its settings would not have. Which beans there are was found out when the image was
 * built, with the settings of the image; who changes one that could decide about a bean gets a start that finds out anew, and takes
 * longer. Without {@code spring.aot.enabled}, as outside of an image, this does nothing.
 */
public class AheadOfTimeSettings implements EnvironmentPostProcessor, Ordered {

    /** What conditions of Spring Boot's own configuration, of libraries, and of ours look at. */
    private static final List<ConfigurationPropertyName> DECIDING = names(
            "spring",
            "management",
            "springdoc",
            "otel",
            "server.forward-headers-strategy",
            "db-scheduler.enabled",
            "bridge.console.enabled");

    /** Among those, what decides about no bean. */
    private static final List<ConfigurationPropertyName> FREE = names(
            "spring.aot",
            "spring.application",
            "spring.config",
            "spring.context",
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.datasource.hikari",
            "spring.lifecycle",
            "spring.profiles.active",
            "spring.ssl.bundle",
            "management.server");

    /** What all images have. */
    private static final String OWN_SETTINGS = "class path resource [application.yaml]";

    private static final int DEFAULT_PORT = 8080;

    private final Log log;

    public AheadOfTimeSettings(DeferredLogFactory logs) {
        this.log = logs.getLog(getClass());
    }

    /** Behind all that read settings. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!AotDetector.useGeneratedArtifacts()) {
            return;
        }
        List<String> deciding = deciding(environment);
        if (!deciding.isEmpty()) {
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
            log.info(
                    "Starting without what was found out when the image was built, since these settings may decide otherwise: "
                            + String.join(", ", deciding));
        }
    }

    static List<String> deciding(ConfigurableEnvironment environment) {
        TreeSet<String> found = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource named && !isOwn(source)) {
                named.stream()
                        .filter(name -> isBelow(name, DECIDING) && !isBelow(name, FREE))
                        .forEach(name -> found.add(name.toString()));
            }
        }
        // of the image: else what is served to callers and to operators are one server, which is another set of beans
        if (!hasManagementPort(environment)) {
            found.add("management.server.port");
        }
        return List.copyOf(found);
    }

    private static boolean hasManagementPort(ConfigurableEnvironment environment) {
        Integer management = environment.getProperty("management.server.port", Integer.class);
        Integer callers = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
        return management != null && management >= 0 && (management == 0 || !management.equals(callers));
    }

    private static boolean isOwn(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> properties
                && properties.getName().contains(OWN_SETTINGS);
    }

    private static boolean isBelow(ConfigurationPropertyName name, List<ConfigurationPropertyName> roots) {
        return roots.stream().anyMatch(root -> root.equals(name) || root.isAncestorOf(name));
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return List.of(names).stream().map(ConfigurationPropertyName::of).toList();
    }
}
