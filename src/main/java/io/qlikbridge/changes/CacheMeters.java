package io.qlikbridge.changes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Counts how often what is asked for is cached ({@code bridge.cache.requests}): the label {@code cache} says what, by
 * the word that the database has for its kind, and {@code result} is {@code hit} or {@code miss}.
 */
@Component
class CacheMeters implements MeterBinder {

    private final ChangeFeed changes;

    CacheMeters(ChangeFeed changes) {
        this.changes = changes;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        changes.caches().forEach(memory -> {
            count(registry, memory, "hit", ChangeAwareCache::hits);
            count(registry, memory, "miss", ChangeAwareCache::misses);
        });
    }

    private static void count(
            MeterRegistry registry,
            ChangeAwareCache<?, ?> memory,
            String result,
            ToDoubleFunction<ChangeAwareCache<?, ?>> count) {
        FunctionCounter.builder("bridge.cache.requests", memory, count)
                .description("How often something was asked of a cache")
                .tag("cache", memory.type().word())
                .tag("result", result)
                .register(registry);
    }
}
