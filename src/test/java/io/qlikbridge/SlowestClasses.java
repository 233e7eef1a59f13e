package io.qlikbridge;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Prints the ten test classes that took longest, when all have run. JUnit finds it as a service. */
public class SlowestClasses implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SlowestClasses.class);
    private static final int SHOWN = 10;

    /** Closed with JUnit's root context. */
    private record Times(Map<String, Duration> byClass) implements AutoCloseable {

        @Override
        public void close() {
            if (byClass.size() > 1) {
                System.out.println(byClass.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(SHOWN)
                        .map(time -> "%6.1f s  %s".formatted(time.getValue().toMillis() / 1000.0, time.getKey()))
                        .collect(Collectors.joining("\n", "The slowest test classes:\n", "")));
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put("start", System.nanoTime());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Long start = context.getStore(NAMESPACE).remove("start", Long.class);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("times", first -> new Times(new ConcurrentHashMap<>()), Times.class)
                .byClass()
                .put(context.getRequiredTestClass().getName(), took);
    }
}
