package io.qlikbridge.resealing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.qlikbridge.vault.KeyRing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Measures how much is sealed with each configured key ({@code bridge.vault.rows}), how often each has sealed something ({@code
 * bridge.vault.seals}), and what does not open ({@code bridge.vault.stuck}). Counts once a minute at most, and only when somebody asks.
 */
@Component
class VaultMeters implements MeterBinder {

    private static final Duration COUNTED_EACH = Duration.ofMinutes(1);

    private final KeyRing keys;
    private final LoadingCache<Boolean, Optional<VaultProgress.Answer>> counted;

    VaultMeters(KeyRing keys, VaultProgress progress) {
        this.keys = keys;
        this.counted = Caffeine.newBuilder().expireAfterWrite(COUNTED_EACH).build(only -> count(progress));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String id : keys.ids()) {
            Gauge.builder("bridge.vault.rows", () -> measured(now -> now.rows(id)))
                    .description("Rows that are sealed with the key")
                    .tag("key", id)
                    .register(registry);
            Gauge.builder("bridge.vault.seals", () -> measured(now -> now.seals(id)))
                    .description("How often the key has sealed something")
                    .tag("key", id)
                    .register(registry);
        }
        Gauge.builder("bridge.vault.stuck", () -> measured(VaultProgress.Answer::stuck))
                .description("Rows that did not open when they were to be sealed anew")
                .register(registry);
    }

    private double measured(ToDoubleFunction<VaultProgress.Answer> measure) {
        return counted.get(true).map(measure::applyAsDouble).orElse(Double.NaN);
    }

    /** A database that is away makes the meters unknown for a while: they must not all wait for it, each scrape anew. */
    private static Optional<VaultProgress.Answer> count(VaultProgress progress) {
        try {
            return Optional.of(progress.now());
        } catch (DataAccessException | TransactionException away) {
            return Optional.empty();
        }
    }
}
