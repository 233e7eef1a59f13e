package io.qlikbridge.vault;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Tells whether the vault opens what it has sealed. */
@Component
class VaultHealthIndicator extends AbstractHealthIndicator {

    private static final String PROBE = "health/probe";

    private final Vault vault;

    VaultHealthIndicator(Vault vault) {
        super("The vault does not open what it sealed");
        this.vault = vault;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(vault.openText(vault.seal(PROBE, PROBE), PROBE).equals(PROBE) ? "UP" : "DOWN");
    }
}
