package io.qlikbridge.consoleoverview;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.crypto.SigningProvider;
import io.qlikbridge.replica.Replicas;
import io.qlikbridge.resealing.CountedProgress;
import io.qlikbridge.resealing.RecentProgress;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Looks what the bridge runs on. */
@Component
@ConditionalOnConsole
class SystemStates {

    private final Replicas replicas;
    private final RecentProgress vault;
    private final SigningProvider provider;

    SystemStates(Replicas replicas, RecentProgress vault, SigningProvider provider) {
        this.replicas = replicas;
        this.vault = vault;
        this.provider = provider;
    }

    SystemState at(Instant now) {
        CountedProgress progress = vault.get().orElse(null);
        return new SystemState(
                replicas.version(),
                provider.toString(),
                replicas.seen(),
                replicas.own(),
                progress == null ? null : progress.progress(),
                progress == null ? null : progress.at(),
                now);
    }
}
