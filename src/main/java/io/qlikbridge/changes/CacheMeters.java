package io.qlikbridge.changes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
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
        changes.caches().stream().map(ChangeAwareCache::type).distinct().forEach(type -> {
            count(registry, type, "hit", ChangeAwareCache::hits);
            count(registry, type, "miss", ChangeAwareCache::misses);
        });
    }

    /** Several caches may keep what hangs on the same rows: they are counted together. */
    private void count(
            MeterRegistry registry, ChangeType type, String result, ToLongFunction<ChangeAwareCache<?, ?>> count) {
        FunctionCounter.builder(
                        "bridge.cache.requests",
                        changes,
                        all -> all.caches().stream()
                                .filter(cache -> cache.type() == type)
                                .mapToLong(count)
                                .sum())
                .description("How often something was asked of a cache")
                .tag("cache", type.word())
                .tag("result", result)
                .register(registry);
    }
}
