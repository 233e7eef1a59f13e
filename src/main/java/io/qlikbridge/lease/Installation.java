package io.qlikbridge.lease;

import io.qlikbridge.tenant.CredentialIssuer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the keys of this installation of the bridge from all others at a tenant, by their description. */
@Component
public class Installation {

    private final InstallationStore store;
    private volatile @Nullable UUID id;

    Installation(InstallationStore store) {
        this.store = store;
    }

    /** How the descriptions of all our keys begin. */
    public String beginning() {
        UUID known = id;
        if (known == null) {
            known = store.installation();
            id = known;
        }
        return CredentialIssuer.DESCRIPTION + known + "/";
    }

    /** What the key of one operation is found by at the tenant. */
    public String description(UUID operation) {
        return beginning() + operation;
    }

    /** The operation that a key of ours was made by; empty for a description that we did not write. */
    public Optional<UUID> operation(String description) {
        String beginning = beginning();
        if (!description.startsWith(beginning)) {
            return Optional.empty();
        }
        String operation = description.substring(beginning.length());
        try {
            return Optional.of(UUID.fromString(operation))
                    .filter(read -> read.toString().equals(operation));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
