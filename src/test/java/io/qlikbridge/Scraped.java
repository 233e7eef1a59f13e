package io.qlikbridge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The metrics of a bridge, as Prometheus reads them. */
public record Scraped(String text) {

    public static Scraped of(Product bridge) {
        return new Scraped(bridge.get("/actuator/prometheus").expect(200).text());
    }

    /** What is shown under this name with these labels among others, summed up; 0 where there is nothing. */
    public double sum(String name, Map<String, String> labels) {
        return lines(name, labels).stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public List<String> lines(String name, Map<String, String> labels) {
        return Arrays.stream(text.split("\n"))
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> labels.entrySet().stream()
                        .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\"")))
                .toList();
    }
}
