package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The API keys of the tenant. Expiry goes by the tenant's clock, and a deleted key is gone. */
final class ApiKeys {

    private final Map<String, IssuedKey> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idsByToken = new ConcurrentHashMap<>();
    private final List<String> madeFor = Collections.synchronizedList(new ArrayList<>());
    private final Settings settings;
    private final Clock clock;
    private final String tenantId;

    ApiKeys(Settings settings, Clock clock, String tenantId) {
        this.settings = settings;
        this.clock = clock;
        this.tenantId = tenantId;
    }

    /** Makes a key, or refuses with 403 when the owner has as many active ones as the tenant allows. */
    synchronized IssuedKey make(String userId, String createdBy, String description, Duration lifetime) {
        Instant now = clock.instant();
        if (activeOf(userId).size() >= settings.maxKeysPerUser) {
            throw Refusal.forbidden("The user has the maximum number of active API keys.");
        }
        String id = UUID.randomUUID().toString();
        IssuedKey key = new IssuedKey(
                id,
                madeFor.size(),
                KeyToken.of(id, userId, tenantId),
                description,
                userId,
                createdBy,
                now,
                now,
                now.plus(lifetime),
                false);
        byId.put(id, key);
        idsByToken.put(key.token(), id);
        madeFor.add(userId);
        settings.keyMade.accept(key);
        return key;
    }

    /** The user id behind a token that is active. */
    Optional<String> ownerOf(String token) {
        return Optional.ofNullable(idsByToken.get(token))
                .flatMap(this::find)
                .filter(key -> key.isActive(clock.instant()))
                .map(IssuedKey::userId);
    }

    Optional<IssuedKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<IssuedKey> all() {
        return List.copyOf(byId.values());
    }

    List<IssuedKey> activeOf(String userId) {
        Instant now = clock.instant();
        return byId.values().stream()
                .filter(key -> key.userId().equals(userId) && key.isActive(now))
                .toList();
    }

    void describe(String id, String description) {
        byId.computeIfPresent(id, (same, key) -> key.describedAs(description, clock.instant()));
    }

    void revoke(String id) {
        byId.computeIfPresent(id, (same, key) -> key.revokedAt(clock.instant()));
    }

    void remove(String id) {
        byId.remove(id);
    }

    int made() {
        return madeFor.size();
    }

    int madeFor(String userId) {
        synchronized (madeFor) {
            return Collections.frequency(madeFor, userId);
        }
    }
}
