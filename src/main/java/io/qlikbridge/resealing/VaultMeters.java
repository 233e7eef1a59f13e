package io.qlikbridge.resealing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.qlikbridge.vault.KeyRing;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Measures how much is sealed with each configured key ({@code bridge.vault.rows}), how often each has sealed something ({@code
 * bridge.vault.seals}), and what does not open ({@code bridge.vault.stuck}). Counts once a minute at most, and only when somebody asks.
 */
@Component
class VaultMeters implements MeterBinder {

    private final KeyRing keys;
    private final RecentProgress progress;

    VaultMeters(KeyRing keys, RecentProgress progress) {
        this.keys = keys;
        this.progress = progress;
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
        return progress.get()
                .map(CountedProgress::progress)
                .map(measure::applyAsDouble)
                .orElse(Double.NaN);
    }
}
