package io.qlikbridge.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that a release gives the bridge. */
final class ChartSettings {

    private ChartSettings() {}

    /** The text of the {@code application.yaml}. */
    static String text(String set) {
        return Chart.objects(set).stream()
                .filter(object -> object.get("kind").equals("ConfigMap"))
                .map(object -> Chart.map(object.get("data")).get("application.yaml"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Each property with its value, as Spring Boot sees them: {@code bridge.access.issuers[0].audience}. */
    static Map<String, Object> of(String set) {
        Map<String, Object> properties = new LinkedHashMap<>();
        flatten("", Chart.yaml().load(text(set)), properties);
        return properties;
    }

    private static void flatten(String name, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> flatten(joined(name, key.toString()), below, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(name + "[" + i + "]", list.get(i), into);
            }
        } else {
            into.put(name, value);
        }
    }

    private static String joined(String name, String key) {
        return name.isEmpty() || key.startsWith("[") ? name + key : name + "." + key;
    }
}
