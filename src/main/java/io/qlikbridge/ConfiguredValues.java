package io.qlikbridge;

import io.qlikbridge.problem.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes off what shells, editors and secret stores leave around a configured value: line ends, byte order marks, and other
 * characters that nobody sees; blanks, too, of properties of the bridge's own. Quotation marks stay, since they may be meant,
 * and are named. A secret with a line end behind it would be one that nobody can send.
 */
class ConfiguredValues implements EnvironmentPostProcessor, Ordered {

    /** Ours, and those of Spring Boot that hold an address, a name or a secret. */
    private static final Pattern CONFIGURED = Pattern.compile(
            "(bridge|spring[._](datasource|flyway|ssl)|server[._]ssl|management[._](otlp|opentelemetry))[._].+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OURS = Pattern.compile("bridge[._].+", Pattern.CASE_INSENSITIVE);

    private final Log log;

    ConfiguredValues(DeferredLogFactory logs) {
        this.log = logs.getLog(ConfiguredValues.class);
    }

    /** After the files of properties are read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : List.copyOf(sources.stream().toList())) {
            if (source instanceof MapPropertySource map) {
                Map<String, Object> changed = changed(map);
                if (!changed.isEmpty()) {
                    sources.replace(source.getName(), with(map, changed));
                }
            }
        }
    }

    private Map<String, Object> changed(MapPropertySource source) {
        Map<String, Object> changed = new HashMap<>();
        for (String name : source.getPropertyNames()) {
            if (CONFIGURED.matcher(name).matches() && source.getProperty(name) instanceof CharSequence characters) {
                String value = characters.toString();
                String clean = clean(name, value);
                if (!clean.equals(value)) {
                    log.warn(name + " has blanks, line ends or invisible characters around it, which are taken off");
                    changed.put(name, clean);
                }
                if (isQuoted(clean)) {
                    log.warn(name + " stands in quotation marks, which are taken as a part of it. docker --env-file and"
                            + " systemd's EnvironmentFile do not take them off: leave them out if they are not meant");
                }
            }
        }
        return changed;
    }

    private static String clean(String name, String value) {
        String clean = PlainText.trim(value);
        // a password of somebody else's making may end in a blank
        return OURS.matcher(name).matches() || !clean.equals(value.strip()) || hasLineEnd(value, clean) ? clean : value;
    }

    private static boolean hasLineEnd(String value, String clean) {
        return value.lines().count() != Math.max(1, clean.lines().count())
                || value.endsWith("\n")
                || value.endsWith("\r");
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1
                && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    }

    private static PropertySource<?> with(MapPropertySource source, Map<String, Object> changed) {
        Map<String, Object> values = new HashMap<>(source.getSource());
        changed.forEach((name, value) -> values.merge(name, value, ConfiguredValues::tracked));
        return switch (source) {
            case SystemEnvironmentPropertySource environment ->
                new SystemEnvironmentPropertySource(source.getName(), values);
            case OriginTrackedMapPropertySource tracked -> new OriginTrackedMapPropertySource(source.getName(), values);
            default -> new MapPropertySource(source.getName(), values);
        };
    }

    private static Object tracked(@Nullable Object before, Object value) {
        return before instanceof OriginTrackedValue origin ? OriginTrackedValue.of(value, origin.getOrigin()) : value;
    }
}
