package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JWT identity providers of the tenant. */
final class IdentityProviders {

    private final List<IdentityProvider> providers = new ArrayList<>();
    private final Settings settings;
    private final Clock clock;

    IdentityProviders(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Adds one; issuer and key id together must be new unless a test allows it: Qlik publishes nothing on that. */
    synchronized IdentityProvider add(
            String issuer, String kid, String pem, int clockToleranceSeconds, boolean active, String description) {
        if (!settings.duplicateProviders
                && providers.stream()
                        .anyMatch(
                                one -> one.issuer().equals(issuer) && one.kid().equals(kid))) {
            throw Refusal.invalid("There is an identity provider with this issuer and kid already.");
        }
        Instant now = clock.instant();
        IdentityProvider provider = new IdentityProvider(
                RandomText.objectId(),
                issuer,
                kid,
                pem,
                PemKey.read(pem),
                clockToleranceSeconds,
                active,
                description,
                now,
                now);
        providers.add(provider);
        return provider;
    }

    synchronized List<IdentityProvider> all() {
        return List.copyOf(providers);
    }

    List<IdentityProvider> active() {
        return all().stream().filter(IdentityProvider::active).toList();
    }

    Optional<IdentityProvider> find(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    synchronized void describe(String id, String description) {
        providers.replaceAll(one -> one.id().equals(id) ? one.describedAs(description, clock.instant()) : one);
    }

    synchronized void remove(String id) {
        providers.removeIf(one -> one.id().equals(id));
    }
}
