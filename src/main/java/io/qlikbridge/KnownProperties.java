package io.qlikbridge;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.stereotype.Component;

/**
 * Refuses a start with a property below {@code bridge.} that nothing reads: it is mistyped, or of another version, and what it
 * should have set would stay as it is without a word. An environment variable, or a property of the JVM, is refused when it
 * begins like one of ours; any other, such as those that Kubernetes makes for a service named <i>bridge</i>, is somebody
 * else's.
 */
@Component
class KnownProperties implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final Logger log = LoggerFactory.getLogger(KnownProperties.class);
    private static final String PREFIX = "bridge.";
    private static final String VARIABLE_PREFIX = "bridge_";

    /** What Kubernetes, and Docker's links, set for each service. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /** @param form what its name is in the one form that names of properties and of variables share */
    private record Known(String name, Pattern form) {}

    private final List<Known> known = new ArrayList<>();
    private Iterable<PropertySource<?>> sources = List.of();

    @Override
    public void setEnvironment(Environment environment) {
        sources = ((ConfigurableEnvironment) environment).getPropertySources();
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String bean : beans.getBeanDefinitionNames()) {
            // as Spring Boot names what it scans: by its prefix first
            Class<?> type = bean.startsWith(PREFIX) ? beans.getType(bean, false) : null;
            ConfigurationProperties properties =
                    type == null ? null : type.getAnnotation(ConfigurationProperties.class);
            if (type != null && properties != null) {
                collect(properties.value(), properties.value(), type);
            }
        }
        for (PropertySource<?> source : sources) {
            if (source instanceof EnumerablePropertySource<?> named) {
                // both may hold what is meant for somebody else in the same process
                boolean variables = source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                        || source instanceof SystemEnvironmentPropertySource
                        || source.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
                for (String name : named.getPropertyNames()) {
                    check(name, variables);
                }
            }
        }
    }

    /** @param form as {@link #uniform}, with expressions where a number or anything may stand */
    private void collect(String name, String form, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String next = name + "." + DataObjectPropertyName.toDashedForm(component.getName());
            String nextForm = form + "." + component.getName();
            Class<?> value = component.getType();
            if (Map.class.isAssignableFrom(value)) {
                known.add(new Known(next + ".*", pattern(nextForm, ".+")));
            } else if (Collection.class.isAssignableFrom(value)) {
                Class<?> element = ResolvableType.forMethodReturnType(component.getAccessor())
                        .asCollection()
                        .getGeneric()
                        .toClass();
                if (isGroup(element, type)) {
                    collect(next + "[]", nextForm + "#", element);
                } else {
                    known.add(new Known(next, pattern(nextForm, "\\d*")));
                }
            } else if (isGroup(value, type)) {
                collect(next, nextForm, value);
            } else {
                known.add(new Known(next, pattern(nextForm, "")));
            }
        }
    }

    /** A record within the properties' own; one from elsewhere is a value that is written as a text. */
    private static boolean isGroup(Class<?> type, Class<?> within) {
        return type.isRecord() && type.getNestHost() == within.getNestHost();
    }

    private static Pattern pattern(String form, String end) {
        return Pattern.compile(uniform(form).replace("#", "\\d+") + end);
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9#]", "");
    }

    private void check(String name, boolean variable) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(PREFIX) && !(variable && lower.startsWith(VARIABLE_PREFIX))) {
            return;
        }
        String form = uniform(name);
        if (known.stream().anyMatch(one -> one.form().matcher(form).matches())) {
            return;
        }
        String group = lower.substring(PREFIX.length()).split("[._\\[-]", 2)[0];
        String nearest = nearestGroup(group);
        if (variable && (nearest == null || OF_A_SERVICE.matcher(name).matches())) {
            if (nearest == null && !OF_A_SERVICE.matcher(name).matches()) {
                log.info("{} is none of the bridge's properties", shown(name));
            }
            return;
        }
        throw new ConfigurationCannotStart(
                "The property or environment variable " + shown(name) + " is set, and the bridge knows no such one.",
                "Correct or remove it. " + knownBelow(nearest)
                        + " If it was one of another version, docs/upgrade.md says what has taken its place.");
    }

    private String knownBelow(@Nullable String group) {
        TreeSet<String> names = new TreeSet<>();
        known.forEach(one -> names.add(group == null ? PREFIX + one.name().split("\\.")[1] + ".*" : one.name()));
        names.removeIf(name -> group != null && !name.startsWith(PREFIX + group + "."));
        return "Known are: " + String.join(", ", names) + ".";
    }

    /** The group of properties that a mistyped one was likely meant for; {@code null} for none. */
    private @Nullable String nearestGroup(String group) {
        int allowed = group.length() > 5 ? 2 : 1;
        return known.stream()
                .map(one -> one.name().split("\\.")[1])
                .distinct()
                .filter(one -> distance(one, group) <= allowed)
                .min((left, right) -> Integer.compare(distance(left, group), distance(right, group)))
                .orElse(null);
    }

    /** How many letters have to be changed, added or left out (Levenshtein). */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int at = 1; at <= left.length(); at++) {
            int diagonal = row[0];
            row[0] = at;
            for (int column = 1; column < row.length; column++) {
                int changed = diagonal + (left.charAt(at - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    /** A name may be anything, also a secret that was put in the wrong place. */
    private static String shown(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._\\[\\]-]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
